import type { BookingStatus, Result } from '../result.ts';

/** Light: workflows may import it. */

export const BATCH_STATUSES = ['held', 'scheduled', 'running', 'paused', 'canceling', 'completed', 'canceled'] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

export const PAUSE_REASONS = ['user', 'failures'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

export const ROW_STATUSES = [
  'invalid',
  'duplicate',
  'waiting',
  'in_progress',
  'completed',
  'failed',
  'needs_review',
  'canceled',
  'expired',
] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** Rows that are not called any more, or never were. */
export const isFinalRow = (status: RowStatus): boolean => status !== 'waiting' && status !== 'in_progress';

const OPEN_ROWS = { queued: 'waiting', in_progress: 'in_progress' } as const;

/** The status of a row whose booking has this status and, once it is final, this result. */
export function rowStatusOf(booking: { status: BookingStatus; result?: Result | null | undefined }): RowStatus {
  const { status, result } = booking;
  if (status === 'queued' || status === 'in_progress') return OPEN_ROWS[status];
  return result === 'expired' ? 'expired' : status;
}

/** Rows by status, and their sum. */
export type RowCounts = Record<RowStatus, number> & { total: number };

/** Counts of no rows. */
export const noRows = (): RowCounts => ({
  invalid: 0,
  duplicate: 0,
  waiting: 0,
  in_progress: 0,
  completed: 0,
  failed: 0,
  needs_review: 0,
  canceled: 0,
  expired: 0,
  total: 0,
});

/** Counts from the number of rows of each status, as a database groups them. `total` is always the sum. */
export function countsOfGroups(groups: Iterable<{ status: RowStatus; rows: number }>): RowCounts {
  const counts = noRows();
  for (const { status, rows } of groups) {
    counts[status] += rows;
    counts.total += rows;
  }
  return counts;
}

export const countsOf = (rows: Iterable<{ status: RowStatus }>): RowCounts =>
  countsOfGroups(Array.from(rows, ({ status }) => ({ status, rows: 1 })));

/** The number of rows with each result that there is. */
export function resultsOf(rows: Iterable<{ result?: Result | null | undefined }>): Partial<Record<Result, number>> {
  const results: Partial<Record<Result, number>> = {};
  for (const { result } of rows) if (result) results[result] = (results[result] ?? 0) + 1;
  return results;
}
