import { failsTooOften, gateOf, isUnderWay, TRIED } from '../domain/batch/lifecycle.ts';
import { type BatchStatus, isFinalRow, type RowStatus, rowStatusOf } from '../domain/batch/statuses.ts';
import type { BatchSettings } from '../domain/schemas/batch.ts';
import type { BookingView } from '../domain/view.ts';
import { rowKeyHash } from './batch-changes.ts';
import { passGates, setBound } from './gates.ts';
import type { Database } from './tables.ts';

/** Statuses of the rows that ended last, the newest first, since failures began to count. */
export async function lastTriedIn(db: Database, batchId: string, limit: number): Promise<RowStatus[]> {
  const rows = await db
    .selectFrom('batch_rows')
    .innerJoin('batches', 'batches.id', 'batch_rows.batch_id')
    .select('batch_rows.status')
    .where('batch_rows.batch_id', '=', batchId)
    .whereRef('batch_rows.ended_seq', '>', 'batches.failures_since')
    .where('batch_rows.status', 'in', TRIED)
    .orderBy('batch_rows.ended_seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ status }) => status as RowStatus);
}

/** True for a batch that must pause, because its last rows failed too often. */
export async function failedTooOften(
  db: Database,
  batchId: string,
  { stop_after_failures: stop }: Pick<BatchSettings, 'stop_after_failures'>,
): Promise<boolean> {
  return stop !== undefined && failsTooOften(stop, await lastTriedIn(db, batchId, stop.of_last));
}

/**
 * Closes the gate of a batch whose last rows, with the one that ends now, failed too often. It comes before the places of the ended call are
 * given on: the batch pauses in its next turn, and by then another call would have left.
 */
export async function closeOnFailures(trx: Database, view: BookingView): Promise<void> {
  const { batch, status, outcome } = view;
  if (!batch || !outcome) return;
  const { id } = batch;
  const stored = await trx
    .selectFrom('batches')
    .select(['settings_json', 'status'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!stored || !isUnderWay(stored.status as BatchStatus)) return;
  const { stop_after_failures } = JSON.parse(stored.settings_json) as BatchSettings;
  const now = rowStatusOf({ status, result: outcome.result });
  if (!stop_after_failures || !TRIED.includes(now)) return;
  const row = await trx
    .selectFrom('batch_rows')
    .select('status')
    .where('batch_id', '=', id)
    .where('key_hash', '=', rowKeyHash(id, batch.key))
    .executeTakeFirst();
  if (!row || isFinalRow(row.status as RowStatus)) return;
  const before = await lastTriedIn(trx, id, stop_after_failures.of_last - 1);
  if (!failsTooOften(stop_after_failures, [now, ...before])) return;
  await passGates(trx);
  await setBound(trx, gateOf(id), 0);
}
