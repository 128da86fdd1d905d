import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { closeToOthers } from '../../config/private-files.ts';
import { ownFolder } from '../support/files.ts';

const here = ownFolder();
const mode = (...parts: string[]): string => (statSync(here.path(...parts)).mode & 0o777).toString(8);

function made(...parts: string[]): void {
  const path = here.path(...parts);
  mkdirSync(here.path(...parts.slice(0, -1)), { recursive: true, mode: 0o755 });
  writeFileSync(path, '');
  chmodSync(path, 0o644);
}

describe('a data folder that was open to others', () => {
  it('is closed with everything in it: databases, their side files, logs, recordings', () => {
    const files = [
      ['data', 'vocero.db'],
      ['data', 'vocero.db-wal'],
      ['data', 'secrets.json'],
      ['data', 'temporal', 'temporal.db'],
      ['data', 'temporal', 'temporal.db-shm'],
      ['data', 'temporal', 'server.log.previous'],
      ['data', 'artifacts', 'bk_1', 'recording.wav'],
    ];
    for (const file of files) made(...file);
    chmodSync(here.path('data'), 0o755);
    expect(closeToOthers(here.path('data'))).toEqual([]);
    expect(files.map((file) => mode(...file))).toEqual(files.map(() => '600'));
    for (const folder of [['data'], ['data', 'temporal'], ['data', 'artifacts', 'bk_1']])
      expect(mode(...folder)).toBe('700');
  });

  it('does not follow links', () => {
    made('elsewhere', 'file');
    mkdirSync(here.path('data'), { mode: 0o755 });
    symlinkSync(here.path('elsewhere'), here.path('data', 'link'));
    symlinkSync(here.path('elsewhere', 'file'), here.path('data', 'file'));
    closeToOthers(here.path('data'));
    expect([mode('elsewhere'), mode('elsewhere', 'file')]).toEqual(['755', '644']);
  });
});

it('in a folder that is closed, what others’ programs wrote is closed all the same', () => {
  made('data', 'temporal', 'temporal.db-wal');
  chmodSync(here.path('data', 'temporal'), 0o700);
  chmodSync(here.path('data'), 0o700);
  closeToOthers(here.path('data'));
  expect(mode('data', 'temporal', 'temporal.db-wal')).toBe('600');
});
