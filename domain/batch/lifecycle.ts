import {
  type BatchStatus,
  isFinalRow,
  type PauseReason,
  ROW_STATUSES,
  type RowCounts,
  type RowStatus,
} from './statuses.ts';
import type { LiveCalls, StopAfterFailures } from './view.ts';

/** Commands of clients to a batch. */
export type BatchCommand = 'start' | 'pause' | 'resume' | 'cancel' | 'append' | 'change' | 'erase';

const FITS: Record<BatchCommand, readonly BatchStatus[]> = {
  start: ['held'],
  pause: ['scheduled', 'running'],
  resume: ['paused'],
  // Once more while it is canceling: the live calls may be hung up after all.
  cancel: ['held', 'scheduled', 'running', 'paused', 'canceling'],
  append: ['held', 'scheduled', 'running', 'paused', 'completed'],
  change: ['held', 'scheduled', 'running', 'paused'],
  // A held batch has no bookings yet.
  erase: ['held', 'completed', 'canceled'],
};

/** True when a batch with this status can do that. */
export const fits = (command: BatchCommand, status: BatchStatus): boolean => FITS[command].includes(status);

/** True for a batch whose rows are all final. */
export const isFinalBatch = (status: BatchStatus): boolean => status === 'completed' || status === 'canceled';

/** Rows become bookings, and bookings are dialed. */
export const isUnderWay = (status: BatchStatus): boolean => status === 'scheduled' || status === 'running';

/** Number of rows that are not final. */
export const openRows = (counts: RowCounts): number =>
  ROW_STATUSES.reduce((sum, status) => (isFinalRow(status) ? sum : sum + counts[status]), 0);

/** The part of a batch that its life changes. */
export interface BatchLife {
  status: BatchStatus;
  paused_because: PauseReason | null;
  live_calls: LiveCalls | null;
  counts: RowCounts;
  /** The earliest time at which a row may be dialed that is not in line yet, ms since 1970; undefined: there is none. */
  first_due_ms: number | undefined;
}

export type LifeChange = Pick<BatchLife, 'status'> & Partial<Pick<BatchLife, 'paused_because' | 'live_calls'>>;

const wasTried = ({ in_progress, completed, failed, needs_review }: RowCounts): boolean =>
  in_progress + completed + failed + needs_review > 0;

/** The status of a batch that is neither held, paused nor canceled. `now` in ms since 1970. */
export function going({ counts, first_due_ms }: Pick<BatchLife, 'counts' | 'first_due_ms'>, now: number): BatchStatus {
  if (openRows(counts) === 0) return 'completed';
  const allWait = first_due_ms !== undefined && first_due_ms > now;
  return allWait && !wasTried(counts) ? 'scheduled' : 'running';
}

/** The status after `start`, `pause`, `resume` or `cancel`; undefined: it does not fit the present one. */
export function commanded(
  batch: BatchLife,
  command: 'start' | 'resume' | 'pause' | 'cancel',
  now: number,
  how: { because?: PauseReason; live_calls?: LiveCalls } = {},
): LifeChange | undefined {
  if (!fits(command, batch.status)) return undefined;
  switch (command) {
    case 'start':
    case 'resume':
      return { status: going(batch, now), paused_because: null };
    case 'pause':
      return { status: 'paused', paused_because: how.because ?? 'user' };
    case 'cancel':
      return {
        status: openRows(batch.counts) === 0 ? 'canceled' : 'canceling',
        paused_because: null,
        live_calls: how.live_calls ?? 'finish',
      };
  }
}

/** The status once time has passed or a row has ended; undefined: it stays. */
export function proceeded(batch: BatchLife, now: number): LifeChange | undefined {
  const { status, counts } = batch;
  if (status === 'canceling') return openRows(counts) === 0 ? { status: 'canceled' } : undefined;
  if (status === 'paused' || status === 'held') {
    return openRows(counts) === 0 ? { status: 'completed', paused_because: null } : undefined;
  }
  if (!isUnderWay(status)) return undefined;
  const next = going(batch, now);
  // A batch that has begun is not scheduled again while its remaining rows wait for their time.
  return next === status || next === 'scheduled' ? undefined : { status: next };
}

/** Places of a batch at its gate: the most calls that it may have at once. */
export const placesOf = ({ status, max_concurrent }: { status: BatchStatus; max_concurrent: number }): number =>
  isUnderWay(status) ? max_concurrent : 0;

/** The gate of a batch's calls. */
export const gateOf = (batchId: string): string => `batch:${batchId}`;

/** Rows that count for `stop_after_failures`: those that were called, or could not be. */
export const TRIED: readonly RowStatus[] = ['completed', 'failed', 'needs_review'];

/** True when so many of the last finished rows failed that the batch must pause. `last`: at most `of_last` rows, the newest first. */
export function failsTooOften({ share, of_last }: StopAfterFailures, last: readonly RowStatus[]): boolean {
  if (last.length < of_last) return false;
  const failed = last.filter((status) => status === 'failed').length;
  return failed / last.length >= share;
}
