import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Records } from '../../records/interface.ts';
import { openRecords, type RecordsOptions } from '../../records/open.ts';
import { writeMigrated } from '../support/new-records.ts';

/** Makes databases of one kind. */
export interface Databases {
  /** An empty one. */
  newDatabase(): Promise<string>;
  /** One with all tables, copied from one that was migrated: migrating takes longer than most claims about records. */
  newMigrated(): Promise<string>;
  stop(): Promise<void>;
}

export function sqliteFiles(): Databases {
  let folder: Promise<string> | undefined;
  let files = 0;
  const newFile = async (): Promise<string> => {
    folder ??= mkdtemp(join(tmpdir(), 'vocero-sqlite-'));
    return join(await folder, `records-${++files}.db`);
  };
  return {
    newDatabase: async () => `file:${await newFile()}`,
    async newMigrated() {
      const file = await newFile();
      await writeMigrated(file);
      return `file:${file}`;
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
    opened = await openRecords({ databaseUrl: await databases.newMigrated(), ...options });
    await opened.migrate();
  });
  afterAll(async () => opened?.close());
  return () => {
    if (!opened) throw new Error('records are open only while tests run');
    return opened;
  };
}
