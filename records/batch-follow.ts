import { NO_APPOINTMENT, type RowReason, reviewed, wordsOf } from '../domain/batch/reasons.ts';
import { isFinalRow, type RowStatus, rowStatusOf } from '../domain/batch/statuses.ts';
import { iso } from '../domain/iso.ts';
import type { BookingOrder } from '../domain/order.ts';
import type { Result } from '../domain/result.ts';
import type { Decision } from '../domain/review.ts';
import type { BookingView } from '../domain/view.ts';
import { addEvents, lockBatch, recount, rowKeyHash, talliesOf } from './batch-changes.ts';
import type { Database } from './tables.ts';

export interface RowEnd {
  status: RowStatus;
  result: Result | null;
  reasons: readonly RowReason[];
}

export const talliedOf = ({ status, result }: { status: string; result: string | null }) => ({
  status: status as RowStatus,
  result: result as Result | null,
});

/** The columns that say why. */
export const whyColumns = (reasons: readonly RowReason[]): { why: string | null; reasons_json: string | null } => ({
  why: wordsOf(reasons) ?? null,
  reasons_json: reasons.length > 0 ? JSON.stringify(reasons) : null,
});

/** One event for each row. Key and booking are added when it is read. */
export async function tellRows(
  trx: Database,
  batchId: string,
  rows: readonly ({ position: number } & RowEnd)[],
  at: string,
): Promise<void> {
  const { counts } = (await talliesOf(trx, [batchId]))(batchId);
  const events = rows.map(({ position, status, result, reasons }) => ({
    position,
    event: {
      ...({ type: 'row', at, row: position, key: null, status, result } as const),
      ...{ why: wordsOf(reasons) ?? null, booking_id: null, counts },
    },
  }));
  await addEvents(trx, batchId, events, at);
}

/** Thrown in the accepting transaction, which is then rolled back: the row has ended, or its cancellation was asked for. */
export class RowNotWanted extends Error {}

/**
 * Makes a new booking that of its row, in the transaction that stores it. So a row that has ended never becomes a booking, however late its
 * acceptance comes. The row keeps its request until `rowAccepted`: until then the booking's start may be lost.
 * @throws RowNotWanted
 */
export async function takeRowFor(trx: Database, { id, batch }: Pick<BookingOrder, 'id' | 'batch'>): Promise<void> {
  if (!batch) return;
  await lockBatch(trx, batch.id);
  const row = await trx
    .updateTable('batch_rows')
    .set({ booking_id: id })
    .where('batch_id', '=', batch.id)
    .where('key_hash', '=', rowKeyHash(batch.id, batch.key))
    .where('booking_id', 'is', null)
    .where('status', '=', 'waiting')
    .where('cancel_requested', '=', 0)
    .returning('position')
    .executeTakeFirst();
  if (!row) throw new RowNotWanted('the row of this booking is not to be called');
}

/** Waits in which a booking leaves its place in line to the batch's next rows. */
const leavesItsPlace = ({ waiting_for }: BookingView): boolean =>
  waiting_for !== null && waiting_for !== 'place' && waiting_for !== 'dialing';

/** The row of a booking follows it, in the transaction that stores the booking's view. A final row stays as it is. */
export async function followBooking(trx: Database, view: BookingView): Promise<void> {
  const { batch } = view;
  if (batch) await follow(trx, batch.id, rowKeyHash(batch.id, batch.key), view);
}

export async function follow(trx: Database, batchId: string, keyHash: string, view: BookingView): Promise<void> {
  const { outcome } = view;
  const find = () =>
    trx
      .selectFrom('batch_rows')
      .select(['position', 'status', 'result', 'waits', 'booking_id'])
      .where('batch_id', '=', batchId)
      .where('key_hash', '=', keyHash)
      .executeTakeFirst();
  const status = rowStatusOf({ status: view.status, result: outcome?.result });
  const waits = leavesItsPlace(view) ? 1 : 0;
  const before = await find();
  if (!before || isFinalRow(before.status as RowStatus)) return;
  if (before.status === status && before.waits === waits && before.booking_id !== null) return;
  const locked = await lockBatch(trx, batchId);
  const row = await find();
  if (!locked || !row || isFinalRow(row.status as RowStatus)) return;
  const final = isFinalRow(status);
  const result = outcome?.result ?? null;
  // In the sandbox all of the batch is simulated, and says so itself.
  const reasons = outcome?.channel === 'simulation' ? [NO_APPOINTMENT] : [];
  await trx
    .updateTable('batch_rows')
    .set({
      status,
      waits,
      result,
      simulated: outcome?.simulated ? 1 : 0,
      ...whyColumns(reasons),
      taken: 1,
      booking_id: view.id,
      confirmed_date: outcome?.confirmed_date ?? null,
      confirmed_time: outcome?.confirmed_time ?? null,
      ...(final && { ended_seq: locked.last_seq + 1, request_json: null }),
    })
    .where('batch_id', '=', batchId)
    .where('position', '=', row.position)
    .execute();
  if (row.status === status) return;
  await recount(trx, batchId, [
    { from: talliedOf(row), to: { status, result, simulated: outcome?.simulated === true } },
  ]);
  await tellRows(trx, batchId, [{ position: row.position, status, result, reasons }], iso(Date.parse(view.updated_at)));
}

/** The row of a booking that a person has settled: its status stays, as the booking's does. */
export async function noteReviewOf(trx: Database, bookingId: string, decision: Decision): Promise<void> {
  await trx
    .updateTable('batch_rows')
    .set({
      confirmed_date: decision.confirmed_date ?? null,
      confirmed_time: decision.confirmed_time ?? null,
      ...whyColumns([reviewed(decision.result)]),
    })
    .where('booking_id', '=', bookingId)
    .execute();
}

const ERASED = {
  key: null,
  phone: null,
  business_name: null,
  user_name: null,
  search_text: '',
  request_json: null,
  confirmed_date: null,
  confirmed_time: null,
};

/**
 * Erases person and number of a row whose booking is being erased, and of the duplicates of its number, which are no bookings. Status, result
 * and counts stay, and so does the hash of its key.
 */
export async function eraseRowOf(trx: Database, bookingId: string): Promise<void> {
  const row = await trx
    .selectFrom('batch_rows')
    .select(['batch_id', 'phone'])
    .where('booking_id', '=', bookingId)
    .executeTakeFirst();
  if (!row) return;
  await trx.updateTable('batch_rows').set(ERASED).where('booking_id', '=', bookingId).execute();
  if (row.phone === null) return;
  await trx
    .updateTable('batch_rows')
    .set(ERASED)
    .where('batch_id', '=', row.batch_id)
    .where('status', '=', 'duplicate')
    .where('phone', '=', row.phone)
    .execute();
}
