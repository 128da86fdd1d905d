import type { Kysely } from 'kysely';
import type { BookingOrder } from '../domain/order.ts';
import type { BookingView } from '../domain/view.ts';
import { outcomeColumns, searchColumns } from './booking-search.ts';
import type { Database } from './tables.ts';

/** Columns for the operators' search. Old rows get no hash of their number: its key is not in the database. */
export async function addSearch(db: Kysely<unknown>): Promise<void> {
  for (const column of ['phone_hash', 'channel', 'result']) {
    await db.schema.alterTable('bookings').addColumn(column, 'text').execute();
  }
  await db.schema
    .alterTable('bookings')
    .addColumn('search_name', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await db.schema.createIndex('bookings_by_phone').on('bookings').columns(['phone_hash', 'created_ms', 'id']).execute();
  await db.schema.createIndex('bookings_by_result').on('bookings').columns(['result', 'created_ms', 'id']).execute();
  const trx = db as Database;
  let last = '';
  for (;;) {
    const rows = await trx
      .selectFrom('bookings')
      .select(['id', 'order_json', 'view_json'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(500)
      .execute();
    for (const { id, order_json, view_json } of rows) {
      const { search_name } = searchColumns(JSON.parse(order_json) as BookingOrder, undefined);
      const found = outcomeColumns(JSON.parse(view_json) as BookingView);
      await trx
        .updateTable('bookings')
        .set({ search_name, ...found })
        .where('id', '=', id)
        .execute();
    }
    if (rows.length === 0) return;
    last = rows.at(-1)!.id;
  }
}
