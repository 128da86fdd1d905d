import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeEach, expect, it } from '@jest/globals';
import { setInEnvFile } from '../../provision/env-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'vocero-env-'));
const path = join(folder, '.env');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => rmSync(path, { force: true }));

const read = (): string => readFileSync(path, 'utf8');

it('makes the file where there is none', () => {
  expect(setInEnvFile(path, 'A', '1')).toBe('added');
  expect(read()).toBe('A=1\n');
});

it('takes the place of the example’s own line, and touches no other', () => {
  writeFileSync(path, '# why\n#A=\n#AB=\nB=2\n');
  setInEnvFile(path, 'A', '1');
  expect(read()).toBe('# why\nA=1\n#AB=\nB=2\n');
});

it('keeps a value that it replaces as a comment', () => {
  writeFileSync(path, 'A=old\nB=2');
  expect(setInEnvFile(path, 'A', 'new')).toBe('replaced');
  expect(read()).toBe('# replaced by vocero provision: A=old\nA=new\nB=2\n');
  expect(setInEnvFile(path, 'A', 'new')).toBe('same');
});

it.each(['plain', 'with#hash', 'with space', 'wsec_$x'])('is read back as it was written: %s', (value) => {
  setInEnvFile(path, 'A', value);
  expect(parseEnv(read()).A).toBe(value);
});
