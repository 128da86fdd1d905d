import { copyFileSync, cpSync, renameSync, rmSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Recognised, recogniseRestore } from '../../processes/recognise-restore.ts';
import type { Records } from '../../records/interface.ts';
import { openRecords } from '../../records/open.ts';
import { accepted } from '../records/samples.ts';
import { ownFolder } from '../support/files.ts';
import { until } from '../support/until.ts';

const here = ownFolder();
const quiet = { info: () => {}, warn: () => {} };

interface Started extends Recognised {
  records: Records;
}

/** One start of a process on a data folder; `work` is what it does until it ends. */
async function start(
  folder: string,
  { afterRestore = 'hold' as 'hold' | 'dial', real = false } = {},
  work: (started: Started) => Promise<unknown> = async () => undefined,
): Promise<string | undefined> {
  const records = await openRecords({ databaseUrl: `file:${here.path(folder, 'vocero.db')}` });
  await records.migrate();
  const recognised = await recogniseRestore({
    config: { afterRestore, dataDir: here.path(folder), providersAreLocal: !real },
    env: { VOCERO_CACHE_DIR: here.path('cache') },
    records,
    log: quiet,
  });
  await work({ ...recognised, records });
  await records.close();
  return recognised.hold?.why;
}

const inUse = (folder: string): Promise<string | undefined> => start(folder, {}, ({ records }) => accepted(records));
const copy = (from: string, to: string): void => cpSync(here.path(from), here.path(to), { recursive: true });
const COPY = 'the database is a copy, or was restored from one';
const OLDER = 'the database is older than this installation has used it: it was restored';

describe('at a start, dials are held', () => {
  it('on a copy of the data folder, at this start and the next, and not on the original', async () => {
    await inUse('data');
    copy('data', 'copy');
    expect(await start('copy')).toBe(COPY);
    expect(await start('copy')).toBe(COPY);
    expect(await start('data')).toBeUndefined();
  });

  it('on a folder that was restored in the place of the former one', async () => {
    await inUse('data');
    copy('data', 'backup');
    await start('data');
    rmSync(here.path('data'), { recursive: true });
    copy('backup', 'data');
    expect(await start('data')).toBe(COPY);
  });

  it('on a database that was overwritten by an older one, which has its place', async () => {
    await inUse('data');
    copy('data', 'backup');
    await start('data');
    copyFileSync(here.path('backup', 'vocero.db'), here.path('data', 'vocero.db'));
    expect(await start('data')).toBe(OLDER);
    expect(await start('data')).toBe(OLDER);
  });

  it('where only a dial was made since the backup', async () => {
    await inUse('data');
    await start('data', {}, async ({ dialClaimed, records }) => {
      copy('data', 'backup');
      dialClaimed();
      const { epoch } = await records.installation();
      await until(async () => (await records.installation()).epoch > epoch);
    });
    for (const side of ['-wal', '-shm', '']) rmSync(here.path('data', `vocero.db${side}`), { force: true });
    renameSync(here.path('backup', 'vocero.db'), here.path('data', 'vocero.db'));
    expect(await start('data')).toBe(OLDER);
  });

  it('where the whole folder was overwritten in place, and calls are real: the cache remembers', async () => {
    await start('data', { real: true }, ({ records }) => accepted(records));
    copy('data', 'backup');
    await start('data', { real: true });
    for (const file of ['vocero.db', 'epoch.json']) copyFileSync(here.path('backup', file), here.path('data', file));
    expect(await start('data', { real: true })).toBe(OLDER);
  });
});

describe('at a start, dials are not held', () => {
  it('on the original whose copy was started often, with the same cache', async () => {
    await start('data', { real: true }, ({ records }) => accepted(records));
    copy('data', 'copy');
    for (let i = 0; i < 3; i++) expect(await start('copy', { real: true })).toBe(COPY);
    expect(await start('data', { real: true })).toBeUndefined();
    // The copy's database in the original's place is recognised.
    copyFileSync(here.path('copy', 'vocero.db'), here.path('data', 'vocero.db'));
    expect(await start('data', { real: true })).toBe(COPY);
  });

  it('on a folder that was moved', async () => {
    await inUse('data');
    renameSync(here.path('data'), here.path('moved'));
    expect(await start('moved')).toBeUndefined();
  });

  it('on a copy that never had a booking', async () => {
    await start('data');
    copy('data', 'copy');
    expect(await start('copy')).toBeUndefined();
  });

  it('where AFTER_RESTORE is dial, now and later', async () => {
    await inUse('data');
    copy('data', 'copy');
    expect(await start('copy', { afterRestore: 'dial' })).toBeUndefined();
    expect(await start('copy')).toBeUndefined();
  });

  it('after an operator resumed them', async () => {
    await inUse('data');
    copy('data', 'copy');
    await start('copy', {}, ({ records }) => records.resumeDialing(new Date().toISOString()));
    expect(await start('copy')).toBeUndefined();
  });
});
