import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

it('npm run judge:dev confirms none of the labelled talks wrongly', () => {
  const { stdout, stderr, status } = spawnSync('npm', ['run', '--silent', 'judge:dev'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toContain('confirmed wrongly: 0');
  expect(status).toBe(0);
}, 60_000);
