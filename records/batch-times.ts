import type { BookingOrder } from '../domain/order.ts';
import { FINAL_STATUSES } from '../domain/result.ts';
import type { BatchSettings } from '../domain/schemas/batch.ts';
import { AT_ONCE, IN_LINE, lockBatch, UNTAKEN } from './batch-changes.ts';
import type { BatchRecords } from './ports/batches.ts';
import type { Database } from './tables.ts';

type Times = Pick<BatchRecords, 'retimeRows' | 'rowsToRetime' | 'retimeBooking' | 'rowsRetimed'>;

/** How a changed `not_after` of a batch reaches its rows, and those that are bookings already. */
export const batchTimes = (db: Database): Times => ({
  async retimeRows(batchId, timed) {
    for (let after: number | undefined = 0; after !== undefined; ) {
      const from: number = after;
      after = await db.transaction().execute(async (trx) => {
        await lockBatch(trx, batchId);
        const rows = await trx
          .selectFrom('batch_rows')
          .select(['position', 'request_json', 'own_not_after'])
          .where('batch_id', '=', batchId)
          .where(UNTAKEN)
          .where('position', '>', from)
          .orderBy('position')
          .limit(AT_ONCE)
          .execute();
        for (const { position, request_json, own_not_after } of rows) {
          if (request_json === null) continue;
          const { request, until_ms } = timed(JSON.parse(request_json), own_not_after ?? undefined);
          await trx
            .updateTable('batch_rows')
            .set({ request_json: JSON.stringify(request), until_ms: until_ms ?? null })
            .where('batch_id', '=', batchId)
            .where('position', '=', position)
            .execute();
        }
        return rows.at(-1)?.position;
      });
    }
    // Last, so that rows that were taken meanwhile with their former time are among them.
    await db.updateTable('batch_rows').set({ retimed: 1 }).where('batch_id', '=', batchId).where(IN_LINE).execute();
  },

  async rowsToRetime(batchId, limit) {
    const rows = await db
      .selectFrom('batch_rows')
      .select(['position', 'booking_id', 'own_not_after'])
      .where('batch_id', '=', batchId)
      .where(IN_LINE)
      .where('retimed', '=', 1)
      .where('booking_id', 'is not', null)
      .orderBy('position')
      .limit(limit)
      .execute();
    return rows.map(({ position, booking_id, own_not_after }) => ({
      position,
      booking_id: booking_id!,
      own_not_after: own_not_after ?? undefined,
    }));
  },

  async retimeBooking(bookingId, not_after) {
    return db.transaction().execute(async (trx) => {
      const open = await trx
        .updateTable('bookings')
        .set((eb) => ({ last_seq: eb('last_seq', '+', 0) }))
        .where('id', '=', bookingId)
        .where('status', 'not in', FINAL_STATUSES)
        .where('erasing', '=', 0)
        .returning('order_json')
        .executeTakeFirst();
      if (!open) return false;
      const order = JSON.parse(open.order_json) as BookingOrder;
      const order_json = JSON.stringify({ ...order, not_after } satisfies BookingOrder);
      await trx.updateTable('bookings').set({ order_json }).where('id', '=', bookingId).execute();
      return true;
    });
  },

  async rowsRetimed(batchId, positions, not_after) {
    return db.transaction().execute(async (trx) => {
      const batch = await lockBatch(trx, batchId);
      if (!batch || (JSON.parse(batch.settings_json) as BatchSettings).not_after !== not_after) return false;
      await trx
        .updateTable('batch_rows')
        .set({ retimed: 0 })
        .where('batch_id', '=', batchId)
        .where('position', 'in', [...positions])
        .execute();
      return true;
    });
  },
});
