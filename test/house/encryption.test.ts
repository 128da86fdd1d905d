import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !/^(test|bench)\//.test(file));

it('no client and no worker of the product speaks to Temporal without the data converter that encrypts', () => {
  const makers = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const makes = [...text.matchAll(/\bnew (Workflow)?Client\(|\bWorker\.create\(/g)].length > 0;
    return makes && text.includes("'@temporalio/") ? [{ file, encrypts: /\bdataConverter\b/.test(text) }] : [];
  });
  expect(makers.map(({ file }) => file).sort()).toEqual([
    'processes/media-plane.ts',
    'worker/create-workers.ts',
    'worker/start.ts',
    'worker/still-wanted.ts',
  ]);
  expect(makers.filter(({ encrypts }) => !encrypts)).toEqual([]);
});
