import { type Kysely, sql } from 'kysely';
import type { Engine } from './engine.ts';
import type { Tables } from './tables.ts';

/**
 * One transaction that is on disk when it resolves. By default SQLite does not wait for the disk, so a power cut may lose the last moments;
 * PostgreSQL always waits.
 */
export async function durably<T>(
  db: Kysely<Tables>,
  engine: Engine,
  work: (trx: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  if (engine === 'postgres') return db.transaction().execute(work);
  return db.connection().execute(async (connection) => {
    await sql`pragma synchronous = full`.execute(connection);
    try {
      return await connection.transaction().execute(work);
    } finally {
      await sql`pragma synchronous = normal`.execute(connection);
    }
  });
}
