import type { Result } from '../result.ts';
import type { RowReason } from './reasons.ts';
import type { BatchStatus, PauseReason, RowCounts, RowStatus } from './statuses.ts';

/** Rows by result. A row without one counts in no result. */
export type RowResults = Partial<Record<Result, number>>;

/** Pauses a batch once this share of its last finished rows failed. */
export interface StopAfterFailures {
  share: number;
  of_last: number;
}

/** The fate of invalid rows. */
export const INVALID_POLICIES = ['reject', 'skip'] as const;
export type InvalidPolicy = (typeof INVALID_POLICIES)[number];

/** The fate of rows with the number or key of an earlier one. */
export const DUPLICATE_POLICIES = ['reject', 'skip', 'allow'] as const;
export type DuplicatePolicy = (typeof DUPLICATE_POLICIES)[number];

/** The fate of live calls when a batch is canceled. */
export const LIVE_CALLS = ['finish', 'hang_up'] as const;
export type LiveCalls = (typeof LIVE_CALLS)[number];

/** A batch in the shape of the API. Times are ISO 8601, UTC, except for `not_before` and `not_after`, which stay as they were given. */
export interface BatchView {
  id: string;
  name: string | null;
  status: BatchStatus;
  paused_because: PauseReason | null;
  /** The sandbox has the batch: nobody is called. */
  simulated: boolean;
  /** Rows for whose result nobody was called: of these, no appointment exists. */
  simulated_rows: number;
  counts: RowCounts;
  results: RowResults;
  not_before: string | null;
  not_after: string | null;
  max_concurrent: number;
  stop_after_failures: StopAfterFailures | null;
  /** The fate of invalid rows and of duplicates, also of added ones. */
  on_invalid: InvalidPolicy;
  duplicates: DuplicatePolicy;
  callback_url: string | null;
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string;
  /** null until every row is final. */
  ended_at: string | null;
  /** Number of its last event; its stream can go on from there. */
  last_event_id: number;
}

/** A row in the shape of the API. Of an erased booking only status, result and booking id remain. */
export interface BatchRowView {
  /** Counts from 1, over all rows of the batch. */
  row: number;
  /** Where the row begins in the file; null: the rows came as JSON. */
  line: number | null;
  key: string | null;
  /** E.164, or as it was written if it could not be read. */
  phone: string | null;
  business_name: string | null;
  user_name: string | null;
  status: RowStatus;
  result: Result | null;
  /** Why the row was not called, or did not succeed; null: nothing to explain. */
  why: string | null;
  /** The same for programs: empty where there is nothing to explain, or where the result is the reason. */
  reasons: RowReason[];
  /** Nobody was called for the result: no appointment exists. */
  simulated: boolean;
  booking_id: string | null;
  confirmed_date: string | null;
  confirmed_time: string | null;
}

/** An entry of a batch's event stream. */
export type BatchEvent =
  | {
      type: 'status';
      at: string;
      status: BatchStatus;
      paused_because: PauseReason | null;
      counts: RowCounts;
    }
  | {
      type: 'row';
      at: string;
      row: number;
      key: string | null;
      status: RowStatus;
      result: Result | null;
      why: string | null;
      booking_id: string | null;
      counts: RowCounts;
    }
  | { type: 'final'; at: string; status: BatchStatus; counts: RowCounts; results: RowResults };
