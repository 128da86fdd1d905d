import { type Kysely, sql } from 'kysely';
import type { Engine } from './engine.ts';
import { fillOperating, USAGE } from './fill-operating.ts';
import type { Database } from './tables.ts';

const SHOWN = 'started = 1 and erasing = 0';

/**
 * An operator's day: a search by service, person and a part of the number, the figures of a day, the bookings that wait for a person, open
 * bookings of a number, and the acts of operators.
 */
export async function addOperating(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(db);
  for (const column of USAGE) await run(`alter table bookings add column ${column} integer`);
  await run('alter table bookings add column decided text');
  await fillOperating(db as Database);
  await run(
    `create index bookings_by_day on bookings (final_ms, owner, result, decided, channel, ${USAGE.join(', ')}) where final_ms is not null and ${SHOWN}`,
  );
  await run(
    `create index bookings_to_review on bookings (status, reviewed, owner, final_ms) where status = 'needs_review' and reviewed = 0 and ${SHOWN}`,
  );
  await run(
    'create index bookings_open_of_number on bookings (phone_hash, final_ms, created_ms) where final_ms is null',
  );
  const position = engine === 'sqlite' ? 'integer primary key' : 'bigint generated always as identity primary key';
  await run(
    `create table acts (position ${position}, at_ms bigint not null, act text not null, by_whom text, key text not null, booking_id text, subject text)`,
  );
  await run('create index acts_by_booking on acts (booking_id, position)');
  await run('create index acts_by_age on acts (at_ms)');
}
