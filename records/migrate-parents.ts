import { type Kysely, sql } from 'kysely';

/**
 * Which shortlist or batch placed a booking, as `parentColumn` writes it. The index is one of those that pages are read by. Its brackets
 * matter: without them SQLite also reads the rows.
 */
export async function addParents(db: Kysely<unknown>): Promise<void> {
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(db);
  await run('alter table bookings add column parent text');
  await run(
    'create index bookings_by_parent on bookings (parent, created_ms, id, owner, status, result, channel, reviewed, search_name) where started = 1 and (erasing = 0 and parent is not null)',
  );
}
