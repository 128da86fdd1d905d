import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Records } from '../../records/interface.ts';
import { openRecords, type RecordsOptions } from '../../records/open.ts';

/** Makes empty databases of one kind. */
export interface Databases {
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
}

export function sqliteFiles(): Databases {
  let folder: Promise<string> | undefined;
  let files = 0;
  return {
    async newDatabase() {
      folder ??= mkdtemp(join(tmpdir(), 'vocero-sqlite-'));
      return `file:${join(await folder, `records-${++files}.db`)}`;
    },
    async stop() {
      if (folder) await rm(await folder, { recursive: true });
    },
  };
}

/** A migrated database of their own for the tests of one `describe`, closed after them. */
export function records(databases: Databases, options: Omit<RecordsOptions, 'databaseUrl'> = {}): () => Records {
  let opened: Records | undefined;
  beforeAll(async () => {
    opened = await openRecords({ databaseUrl: await databases.newDatabase(), ...options });
    await opened.migrate();
  });
  afterAll(async () => opened?.close());
  return () => {
    if (!opened) throw new Error('records are open only while tests run');
    return opened;
  };
}
