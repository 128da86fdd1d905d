import { BATCH_CANCELED } from '../domain/batch/reasons.ts';
import { iso } from '../domain/iso.ts';
import type { StoredBatch } from '../records/ports/batches.ts';
import { type Feeding, several } from './batch-feeding.ts';
import { clockOf } from './dependencies.ts';
import { isLive } from './spared-call.ts';

const AT_ONCE = 100;

/** Cancels a booking, once. One with a live call is left alone if that may finish; it is looked at again later. */
async function cancelBooking({ records, children }: Feeding, bookingId: string, spareLive: boolean): Promise<void> {
  const stored = await records.booking(bookingId);
  if (!stored || stored.view.outcome !== null) return;
  const { attempts, cancel_requested } = stored.view;
  if (cancel_requested || (spareLive && attempts.some(isLive))) return;
  await children.cancel(bookingId);
}

/** Cancels the open bookings of a batch that is being canceled. Its gate is closed, so those that are spared are not dialed again. */
export async function cancelBookingsOf(deps: Feeding, batch: StoredBatch): Promise<void> {
  const { records, children } = deps;
  const { id, owner, live_calls } = batch;
  // Rows that were taken when the process ended: there may be a booking, or not.
  for (const { position, key, request } of await records.interruptedRows(id)) {
    if (await records.bookingOfRow(owner, id, key)) {
      const accepted = await children.accept({ request, owner, parent: { batch: { id, key } } });
      if ('order' in accepted) await records.rowAccepted(id, position, accepted.order.id);
    } else {
      const end = { status: 'canceled', result: 'canceled', reasons: [BATCH_CANCELED] } as const;
      await records.rowRefused(id, position, end, iso(clockOf(deps).now()));
    }
  }
  for (let after = 0; ; ) {
    const rows = await records.openRowsOf(id, after, AT_ONCE);
    await several(rows, async ({ booking_id }) => {
      if (booking_id !== null) await cancelBooking(deps, booking_id, live_calls !== 'hang_up');
    });
    const last = rows.at(-1);
    if (!last) return;
    after = last.position;
  }
}

/** Cancels bookings of rows whose cancellation was asked for, and may have been lost. */
export async function cancelLeftOver(deps: Feeding, batchId: string): Promise<void> {
  for (const bookingId of await deps.records.cancelsLeft(batchId)) await cancelBooking(deps, bookingId, false);
}
