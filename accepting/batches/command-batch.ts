import { type EndDependencies, endWithoutRun } from '../../delivery/end-without-run.ts';
import type { BookingGateway } from '../../delivery/gateway.ts';
import { commanded, fits } from '../../domain/batch/lifecycle.ts';
import { iso } from '../../domain/iso.ts';
import type { ChangedBatch, StoredBatch } from '../../records/ports/batches.ts';
import type { BatchDependencies } from './accept-batch.ts';
import { betweenSignals } from './between-signals.ts';

type Commanding = Pick<BatchDependencies, 'records' | 'batches' | 'now'>;

/**
 * Starts, pauses, resumes or cancels a batch: its life changes in the database, and with it its gate; its workflow looks there.
 * @throws Unavailable when Temporal does not answer: nothing is changed
 */
export async function commandBatch(
  { records, batches, now }: Commanding,
  batch: StoredBatch,
  name: 'start' | 'pause' | 'resume' | 'cancel',
  how: Parameters<typeof commanded>[3] = {},
): Promise<ChangedBatch> {
  if (!fits(name, batch.status)) return { how: 'unfit', batch };
  return betweenSignals(batches, batch.id, () =>
    records.changeBatch(batch.id, iso(now()), (it) => {
      const change = commanded(it, name, now(), how);
      return change && { ...change, ...(name === 'resume' && { forgives: true }) };
    }),
  );
}

type Canceling = Commanding & EndDependencies & { gateway: Pick<BookingGateway, 'cancel'> };

async function cancelBooking(deps: Canceling, bookingId: string): Promise<void> {
  const { records, gateway } = deps;
  if ((await gateway.cancel(bookingId)).answer !== 'not_found') return;
  const stored = await records.booking(bookingId);
  // Without a run nothing else would end the booking.
  const ended = stored && (await endWithoutRun(stored, deps));
  // Its run may have begun just now.
  if (!ended) await gateway.cancel(bookingId);
}

/**
 * Cancels one row, with its booking. Returns whether it could.
 * @throws Unavailable when Temporal does not answer: nothing is changed, or its workflow does the rest
 */
export async function cancelBatchRow(
  deps: Canceling,
  batchId: string,
  key: string,
): Promise<'canceled' | 'final' | 'unknown'> {
  const { records, batches, now } = deps;
  return betweenSignals(batches, batchId, async () => {
    const canceled = await records.cancelRow(batchId, key, iso(now()));
    if (canceled.how === 'unknown' || canceled.how === 'final') return canceled.how;
    if (canceled.how === 'in_line') await cancelBooking(deps, canceled.booking_id);
    return 'canceled';
  });
}
