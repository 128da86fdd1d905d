import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ownFolder } from '../support/files.ts';

const here = ownFolder();

beforeEach(() => {
  here.script('bin/npm', 'exit 0');
  cpSync(fileURLToPath(new URL('../../.ci/run', import.meta.url)), here.path('.ci', 'run'));
});

function ci(npm: string, acceptance?: string) {
  here.script('bin/npm', npm);
  const path = acceptance === undefined ? here.path('not-there') : here.script('acceptance', acceptance);
  const run = spawnSync('bash', [here.path('.ci', 'run')], {
    encoding: 'utf8',
    env: { PATH: `${here.path('bin')}:/usr/bin:/bin`, ACCEPTANCE: path },
  });
  return { status: run.status, last: run.stdout.trim().split('\n').at(-1) };
}

describe('.ci/run', () => {
  it.each([
    ['the tests alone', 'echo "7 passed, 0 failed"', undefined, 0, '7 passed, 0 failed'],
    ['both', 'echo "7 passed, 0 failed"', 'echo "18 passed, 0 failed, 1 skipped; logs: x"', 0, '25 passed, 0 failed'],
    ['failing tests', 'echo "7 passed, 2 failed"; exit 1', undefined, 1, '7 passed, 2 failed'],
    [
      'failing scenarios',
      'echo "7 passed, 0 failed"',
      'echo "17 passed, 1 failed, 0 skipped"; exit 1',
      1,
      '24 passed, 1 failed',
    ],
    ['tests that never ran', 'echo "npm error"; exit 1', undefined, 1, '0 passed, 1 failed'],
    ['scenarios that never ran', 'echo "7 passed, 0 failed"', 'exit 2', 1, '7 passed, 1 failed'],
    ['a crash after the count', 'echo "7 passed, 0 failed"; exit 3', undefined, 1, '7 passed, 1 failed'],
  ])('sums up %s', (_, npm, acceptance, status, last) => {
    expect(ci(npm, acceptance)).toEqual({ status, last });
  });
});
