import { type Kysely, sql } from 'kysely';

/** When the client canceled a shortlist, whether an erased booking bars it, and all bookings of one, also those whose workflow never started. */
export async function addShortlistBookings(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table shortlists add column cancel_ms bigint',
    'alter table shortlists add column barred integer not null default 0',
    "create index bookings_of_shortlists on bookings (parent, created_ms, id) where substr(parent, 1, 9) = 'shortlist'",
    'create index shortlists_by_state on shortlists (id) where started = 1 and final_ms is null',
    "create index shortlists_untold on shortlists (id) where message_state = 'pending'",
  ])
    await sql.raw(statement).execute(db);
}
