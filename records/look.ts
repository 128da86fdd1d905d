import { sql } from 'kysely';
import type { CallingWindow } from '../domain/order.ts';
import { FINAL_STATUSES } from '../domain/result.ts';
import type { BookingEvent } from '../domain/view.ts';
import { followBooking } from './batch-follow.ts';
import { accountsIn, bookingIn } from './booking-rows.ts';
import { outcomeColumns, usageColumns } from './booking-search.ts';
import { freePlaces } from './places.ts';
import type { LookRecords } from './ports/look.ts';
import { eventRow } from './snapshots.ts';
import type { Database } from './tables.ts';

type Look = Pick<LookRecords, 'openBookings' | 'noteWindow' | 'openByAccounts' | 'endLost' | 'releaseSlotsOf'>;

/** Queries of the hourly look, which compares the database with Temporal. */
export const look = (db: Database, clock: () => number): Look => ({
  async openBookings({ status, accepted_before, after, limit }) {
    let query = db
      .selectFrom('bookings')
      .select(['order_json', 'view_json', 'review_json', 'sandbox', 'accounts_json', 'window_json'])
      .where('status', '=', status)
      .where('started', '=', 1)
      .where('erasing', '=', 0)
      .where('created_ms', '<', Date.parse(accepted_before))
      .orderBy('created_ms')
      .orderBy('id')
      .limit(limit);
    if (after) query = query.where(sql<boolean>`(created_ms, id) > (${Date.parse(after.created_at)}, ${after.id})`);
    const rows = await query.execute();
    return rows.map((row) => ({
      ...bookingIn(row),
      calling_window: row.window_json === null ? undefined : (JSON.parse(row.window_json) as CallingWindow),
    }));
  },

  async noteWindow(bookingId, window) {
    await db
      .updateTable('bookings')
      .set({ window_json: JSON.stringify(window) })
      .where('id', '=', bookingId)
      .execute();
  },

  async openByAccounts() {
    const rows = await db
      .selectFrom('bookings')
      .select(['accounts_json', 'sandbox', (eb) => eb.fn.countAll().as('count')])
      // The same text as in the index, which holds open bookings only.
      .where(sql<boolean>`status in ('queued', 'in_progress')`)
      .groupBy(['accounts_json', 'sandbox'])
      .execute();
    return rows.map((row) => ({ accounts: accountsIn(row), sandbox: row.sandbox === 1, count: Number(row.count) }));
  },

  async endLost(view) {
    const { id, status, channel, outcome, updated_at: at } = view;
    if (!outcome) throw new Error('a lost booking must end with an outcome');
    const said: BookingEvent[] = [
      { type: 'status', at, status, channel },
      { type: 'final', at, outcome },
    ];
    return db.transaction().execute(async (trx) => {
      const row = await trx
        .updateTable('bookings')
        .set((eb) => ({
          version: eb('version', '+', 1),
          view_json: JSON.stringify(view),
          status,
          ...outcomeColumns(view),
          ...usageColumns(view),
          final_ms: Date.parse(at),
          audit_ms: Date.parse(at),
          last_seq: eb('last_seq', '+', said.length),
        }))
        .where('id', '=', id)
        .where('erasing', '=', 0)
        // The run may have ended just now.
        .where('status', 'not in', FINAL_STATUSES)
        .returning('last_seq')
        .executeTakeFirst();
      if (!row) return false;
      const before = row.last_seq - said.length;
      const rows = said.map((event, i) => eventRow(id, before + i + 1, `${event.type} lost`, event));
      await trx.insertInto('events').values(rows).execute();
      await followBooking(trx, view);
      return true;
    });
  },

  async releaseSlotsOf(bookingId) {
    return db
      .transaction()
      .execute((trx) => freePlaces(trx, (slots) => slots.where('booking_id', '=', bookingId), clock()));
  },
});
