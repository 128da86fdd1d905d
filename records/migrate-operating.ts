import { type Kysely, sql } from 'kysely';
import type { BookingOrder } from '../domain/order.ts';
import type { Usage } from '../domain/usage.ts';
import type { BookingView } from '../domain/view.ts';
import { viewIn } from './booking-rows.ts';
import { searchColumns, usageColumns } from './booking-search.ts';
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

const AT_ONCE = 500;
const USAGE = ['answered', 'talk_seconds', 'phone_minutes', 'agent_seconds'] as const satisfies (keyof Usage)[];
const SHOWN = 'started = 1 and erasing = 0';

/**
 * An operator's day: a search by service, person and a part of the number, the figures of a day, the bookings that wait for a person, open
 * bookings of a number, and the acts of operators.
 */
export async function addOperating(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(db);
  for (const column of USAGE) await run(`alter table bookings add column ${column} integer`);
  await run('alter table bookings add column decided text');
  await fillColumns(db as Database);
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

/** Also of bookings that an older build accepted. */
async function fillColumns(db: Database): Promise<void> {
  let last = '';
  for (;;) {
    const rows = await db
      .selectFrom('bookings')
      .select(['id', 'order_json', 'view_json', 'review_json'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute();
    for (const row of rows) {
      const view: BookingView = viewIn(row);
      const { search_name } = searchColumns(JSON.parse(row.order_json) as BookingOrder, undefined);
      await db
        .updateTable('bookings')
        .set({ search_name, ...usageColumns(view), decided: view.review?.decision.result ?? null })
        .where('id', '=', row.id)
        .execute();
    }
    if (rows.length < AT_ONCE) return;
    last = rows.at(-1)!.id;
  }
}
