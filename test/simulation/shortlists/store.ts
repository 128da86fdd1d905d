import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Records } from '../../../records/interface.ts';
import { openRecords } from '../../../records/open.ts';

export interface Store {
  records: Records;
  /** Forgets everything: the next seed begins with nothing. */
  empty(): void;
  close(): Promise<void>;
}

/** The product's own records, for one seed after the other. */
export async function openStore(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'vocero-shortlists-'));
  const file = join(folder, 'records.db');
  const records = await openRecords({ databaseUrl: `file:${file}` });
  await records.migrate();
  const direct = new DatabaseSync(file);
  direct.exec('pragma foreign_keys = on; pragma synchronous = off');
  const tables = ['bookings', 'shortlists', 'erasures', 'erased_ids', 'erasure_traces', 'lines', 'slots'];
  return {
    records,
    empty: () => direct.exec(tables.map((table) => `delete from ${table};`).join(' ')),
    async close() {
      direct.close();
      await records.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The records while the database can be reached. */
export const reachable = (records: Records, isAway: () => boolean): Records =>
  new Proxy(records, {
    get(target, name) {
      const method = target[name as keyof Records] as unknown;
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        if (isAway()) throw new Error('the database is away');
        return (method as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
