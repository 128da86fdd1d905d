import type { Records } from '../../records/interface.ts';
import type { NewRow } from '../../records/ports/batches.ts';
import { newBatch, waitingRow } from './batch-samples.ts';

const AT = '2026-11-24T10:00:00.000Z';
const LATER = '2026-11-24T11:00:00.000Z';

/** Calls every method about batches, for the test of the indexes. */
export async function useBatches(records: Records): Promise<void> {
  await records.beginBatch(newBatch('ba_other', { idempotency_key: 'batch' }));
  await records.beginBatch(newBatch('ba_again', { idempotency_key: 'batch' }));
  await records.batchOfKey('owner', 'batch');
  const id = 'ba_everything';
  await records.beginBatch(newBatch(id));
  const late: NewRow = waitingRow(3, { due_ms: Date.parse(LATER), until_ms: Date.parse(LATER) + 1 });
  await records.putRows(id, [waitingRow(1), waitingRow(2), late, waitingRow(4), waitingRow(5)]);
  await records.openBatch(id, AT);
  await records.batch(id);
  for (const owner of ['owner', undefined]) {
    for (const status of ['running' as const, undefined]) {
      for (const after of [{ created_at: LATER, id: 'ba_x' }, undefined]) {
        await records.listBatches({ owner, status, limit: 5, after });
      }
    }
  }
  for (const status of ['waiting' as const, undefined]) {
    for (const search of ['row', undefined])
      await records.batchRows({ batch_id: id, status, search, limit: 5, after: 1 });
  }
  await records.batchesToWake({ ended_after: AT });
  await records.batchRow(id, 'row-1');
  await records.knownRows(id);
  await records.appendRows(id, [waitingRow(6)], AT);
  await records.retimeRows(id, (request) => ({ request, until_ms: Date.parse(LATER) }));
  await records.isUnopened(id);
  await records.isCanceling(id);
  await records.takeRows(id, 1, Date.parse(AT));
  await records.interruptedRows(id);
  await records.bookingOfRow('owner', id, 'row-1');
  await records.rowAccepted(id, 1, 'bk_keyed');
  await records.inLine(id);
  await records.openGate(id);
  await records.rowsToRetime(id, 10);
  await records.retimeBooking('bk_keyed', LATER);
  await records.rowsRetimed(id, [1], undefined);
  await records.nextTime(id, Date.parse(AT));
  await records.openRowsOf(id, 0, 10);
  await records.cancelRow(id, 'row-1', AT);
  await records.cancelRow(id, 'row-2', AT);
  await records.cancelRow(id, 'nobody', AT);
  await records.cancelsLeft(id);
  await records.catchUp(id, AT);
  await records.lastTried(id, 5);
  await records.takeRows(id, 1, Date.parse(AT));
  await records.rowRefused(
    id,
    4,
    { status: 'invalid', result: null, reasons: [{ code: 'invalid', message: 'x' }] },
    AT,
  );
  await records.expireRows(id, '2026-11-24T12:00:00.000Z', 10);
  await records.cancelUntaken(id, AT, 10);
  await records.changeBatch(id, AT, () => ({ status: 'completed' }));
  await records.batchEventsAfter(id, 0, 10);
  await records.forgetLostBatches({ begun_before: LATER, limit: 10 });
  await records.dueBatches({ ended_before: LATER, begun_before: LATER, limit: 10 });
  await records.beginBatchErasure(id, AT, () => true);
  await records.batchErasure(id);
  await records.bookingsOfBatch(id, 0, 10);
  while (!(await records.forgetBatch(id, 2)));
  await records.finishBatchErasure(id, AT);
}
