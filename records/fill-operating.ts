import { sql } from 'kysely';
import type { BookingOrder } from '../domain/order.ts';
import type { Usage } from '../domain/usage.ts';
import { viewIn } from './booking-rows.ts';
import { searchColumns, usageColumns } from './booking-search.ts';
import type { Database } from './tables.ts';

/** Parameters of one statement stay far below the databases' limits, and its rows in memory. */
const AT_ONCE = 1_000;
/** Columns of the figures. */
export const USAGE = ['answered', 'talk_seconds', 'phone_minutes', 'agent_seconds'] as const satisfies (keyof Usage)[];

/**
 * Fills the columns of migration 0120 for bookings that an older build accepted. The text that is searched needs our own code, so each
 * thousand rows are read, and written by one statement.
 */
export async function fillOperating(db: Database): Promise<void> {
  let last = '';
  for (;;) {
    const rows = await db
      .selectFrom('bookings')
      .select(['id', 'order_json', 'view_json', 'review_json'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute();
    if (rows.length === 0) return;
    const values = rows.map((row) => {
      const view = viewIn(row);
      const { search_name } = searchColumns(JSON.parse(row.order_json) as BookingOrder, undefined);
      const usage = usageColumns(view);
      const sums = USAGE.map((name) => sql`cast(${usage[name]} as integer)`);
      return sql`(${row.id}, ${search_name}, cast(${view.review?.decision.result ?? null} as text), ${sql.join(sums)})`;
    });
    await sql`
      with filled (id, search_name, decided, ${sql.join(USAGE.map((name) => sql.ref(name)))}) as (values ${sql.join(values)})
      update bookings set search_name = filled.search_name, decided = filled.decided,
        ${sql.join(USAGE.map((name) => sql`${sql.ref(name)} = ${sql.ref(`filled.${name}`)}`))}
      from filled where bookings.id = filled.id`.execute(db);
    if (rows.length < AT_ONCE) return;
    last = rows.at(-1)!.id;
  }
}
