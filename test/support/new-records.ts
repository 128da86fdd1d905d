import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Records } from '../../records/interface.ts';
import { openRecords, type RecordsOptions } from '../../records/open.ts';

/** An empty database with all tables. */
let empty: Promise<Buffer> | undefined;

/**
 * Records in a new SQLite file, `records.db`, of this folder, unless another database is named. Its tables are copied: a hundred migrations
 * compute for longer than most tests, so each process that runs tests migrates once.
 */
export async function newRecords(folder: string, options: Partial<RecordsOptions> = {}): Promise<Records> {
  const file = join(folder, 'records.db');
  if (!options.databaseUrl) await writeMigrated(file);
  const records = await openRecords({ databaseUrl: `file:${file}`, ...options });
  await records.migrate();
  return records;
}

/** An empty SQLite file with all tables. */
export async function writeMigrated(file: string): Promise<void> {
  empty ??= migrated();
  await writeFile(file, await empty, { mode: 0o600 });
}

async function migrated(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'vocero-template-'));
  try {
    const file = join(folder, 'records.db');
    const records = await openRecords({ databaseUrl: `file:${file}` });
    await records.migrate();
    await records.close();
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
