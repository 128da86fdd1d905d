import type { Accounts } from '../../domain/accounts.ts';
import type { BatchLife, LifeChange } from '../../domain/batch/lifecycle.ts';
import type { RowReason } from '../../domain/batch/reasons.ts';
import type { BatchStatus, RowStatus } from '../../domain/batch/statuses.ts';
import type { BatchEvent, BatchRowView, BatchView, RowResults } from '../../domain/batch/view.ts';
import type { Result } from '../../domain/result.ts';
import type { BatchSettings } from '../../domain/schemas/batch.ts';
import type { BookingRequest } from '../../domain/schemas/booking-request.ts';
import type { Usage } from '../../domain/usage.ts';

/** A batch without its rows. `owner` is a keyed hash of the API key, never the key. */
export interface NewBatch {
  id: string;
  owner: string;
  /** `body_hash`: of settings and rows. */
  idempotency_key?: string | undefined;
  body_hash: string;
  settings: BatchSettings;
  accounts: Accounts;
  /** ISO 8601, UTC. */
  at: string;
}

/** A row to be stored. `position` counts from 1. */
export interface NewRow {
  position: number;
  line?: number | undefined;
  key?: string | undefined;
  phone?: string | undefined;
  status: Extract<RowStatus, 'waiting' | 'invalid' | 'duplicate'>;
  /** Why it is not called. */
  reasons?: readonly RowReason[] | undefined;
  /** Of a row that waits. */
  request?: BookingRequest | undefined;
  /** The times before and after which it is not dialed, ms since 1970. */
  due_ms?: number | undefined;
  until_ms?: number | undefined;
  /** The row's own `not_after`, as it was given. */
  own_not_after?: string | undefined;
}

export interface StoredBatch extends BatchLife {
  id: string;
  owner: string;
  accounts: Accounts;
  settings: BatchSettings;
  results: RowResults;
  /** How often it was completed. */
  completions: number;
  /** Of its bookings that have their outcome. */
  usage: Usage;
  view: BatchView;
}

/** A change of a batch's life, of its settings, or of both. */
export type BatchChange = Partial<LifeChange> & {
  settings?: BatchSettings | undefined;
  /** Failures count anew from here. */
  forgives?: true | undefined;
};

export type ChangedBatch =
  | { how: 'changed' | 'unchanged'; batch: StoredBatch }
  | { how: 'unfit'; batch: StoredBatch }
  | { how: 'unknown' };

/** A row that was taken to become a booking. */
export interface TakenRow {
  position: number;
  key: string;
  request: BookingRequest;
}

/** A row and its booking. */
export interface RowInLine {
  position: number;
  booking_id: string | null;
  key: string | null;
}

export interface BatchRecords {
  /**
   * Begins to store a batch: nobody can read it before `openBatch`. `repeated`: the same owner, key and body; if it is not `ready`, its
   * acceptance was interrupted and may be continued.
   */
  beginBatch(
    batch: NewBatch,
  ): Promise<
    { how: 'created' | 'repeated'; id: string; ready: boolean } | { how: 'conflict' | 'erased'; batch_id: string }
  >;
  /** The batch of an owner's Idempotency-Key, ready or not. */
  batchOfKey(owner: string, key: string): Promise<string | undefined>;
  /** Stores some rows of a batch that is not open yet. Known positions stay as they are. */
  putRows(batchId: string, rows: readonly NewRow[]): Promise<void>;
  /** Opens a batch whose rows are all stored, with its first event. */
  openBatch(batchId: string, at: string): Promise<StoredBatch | undefined>;
  /**
   * Adds some rows to an open batch, behind the others; rows with a known key are passed over. Returns the number of added ones;
   * undefined: its status permits no more rows. Their positions are given anew.
   */
  appendRows(batchId: string, rows: readonly NewRow[], at: string): Promise<{ added: number } | undefined>;
  /** True while the rows of a batch are being stored. */
  isUnopened(batchId: string): Promise<boolean>;
  /** True while a batch cancels its bookings. */
  isCanceling(batchId: string): Promise<boolean>;
  /** Undefined also for a batch whose erasure has begun. */
  batch(batchId: string): Promise<StoredBatch | undefined>;
  /** Newest first. `owner` undefined: of all owners (for operators). */
  listBatches(query: {
    owner?: string | undefined;
    status?: BatchStatus | undefined;
    limit: number;
    after?: { created_at: string; id: string } | undefined;
  }): Promise<BatchView[]>;
  /**
   * Ids of batches that are not final, or that ended after a time and have a client to notify: the run may be lost before it has done so.
   */
  batchesToWake(since: { ended_after: string }): Promise<string[]>;
  /** In the order of the file. `after`: a position. */
  batchRows(query: {
    batch_id: string;
    status?: RowStatus | undefined;
    search?: string | undefined;
    limit: number;
    after?: number | undefined;
  }): Promise<BatchRowView[]>;
  /** Undefined: no row has this key. */
  batchRow(batchId: string, key: string): Promise<BatchRowView | undefined>;
  batchEventsAfter(batchId: string, seq: number, limit: number): Promise<{ seq: number; event: BatchEvent }[]>;
  /** Keys, as hashes, and numbers of the rows that are bookings or will be. `uncalled`: rows with a key that are invalid or duplicates. */
  knownRows(batchId: string): Promise<{
    key_hashes: Set<string>;
    keys: string[];
    numbers: string[];
    uncalled: { key: string; phone: string | null }[];
  }>;
  /**
   * Changes a batch, alone: `change` gets it as it is, and returns undefined if the change does not fit. A new status becomes an event, a
   * final one also ends it; one that is no longer final reopens it.
   */
  changeBatch(
    batchId: string,
    at: string,
    change: (batch: StoredBatch) => BatchChange | undefined,
  ): Promise<ChangedBatch>;
  /** Stores other times, and requests with them, for rows that are no bookings yet, and marks those that are, or may be. */
  retimeRows(
    batchId: string,
    timed: (request: BookingRequest, ownNotAfter: string | undefined) => Pick<NewRow, 'request' | 'until_ms'>,
  ): Promise<void>;
  /** Marked rows with their bookings, at most `limit`. */
  rowsToRetime(
    batchId: string,
    limit: number,
  ): Promise<{ position: number; booking_id: string; own_not_after: string | undefined }[]>;
  /** Stores another `not_after` (ISO 8601, UTC) in the order of an open booking; false: it is not open. */
  retimeBooking(bookingId: string, not_after: string | undefined): Promise<boolean>;
  /** Their bookings know this `not_after` of the batch. False: it is not the present one any more, and they stay marked. */
  rowsRetimed(batchId: string, positions: readonly number[], not_after: string | undefined): Promise<boolean>;

  /** Takes the next rows that are due, at most `limit`, and those that were taken before and are not known to be started bookings. */
  takeRows(batchId: string, limit: number, now: number): Promise<TakenRow[]>;
  /** Notes that a row is a booking whose workflow is started. Returns true if its cancellation was asked for meanwhile, or it has ended. */
  rowAccepted(batchId: string, position: number, bookingId: string): Promise<boolean>;
  /** Ends a row that could not become a booking. */
  rowRefused(
    batchId: string,
    position: number,
    end: { status: 'invalid' | 'expired' | 'canceled'; result: Result | null; reasons: readonly RowReason[] },
    at: string,
  ): Promise<void>;
  /** Ends rows that are no bookings and must not be dialed any more, at most `limit`. Returns their number. */
  expireRows(batchId: string, at: string, limit: number): Promise<number>;
  /** Cancels rows that are no bookings, at most `limit`. Returns their number. */
  cancelUntaken(batchId: string, at: string, limit: number): Promise<number>;
  /**
   * Cancels one row. `canceled`: at once, because it is no booking, and will be none; `in_line`: its booking has to be canceled.
   */
  cancelRow(
    batchId: string,
    key: string,
    at: string,
  ): Promise<{ how: 'canceled' | 'final' | 'unknown' } | { how: 'in_line'; booking_id: string }>;
  /** Number of bookings that rows of the batch are: `waiting` for nothing but a place, and `open` ones, which are all that are not final. */
  inLine(batchId: string): Promise<{ ready: number; open: number }>;
  /** The next time at which a row becomes due or expires, ms since 1970; undefined: there is none. */
  nextTime(batchId: string, now: number): Promise<number | undefined>;
  /** Open rows that are bookings, or may be, by position. */
  openRowsOf(batchId: string, after: number, limit: number): Promise<RowInLine[]>;
  /** Rows that were taken and are not known to be started bookings. */
  interruptedRows(batchId: string): Promise<TakenRow[]>;
  /** The booking of a row, if there is one. */
  bookingOfRow(owner: string, batchId: string, key: string): Promise<string | undefined>;
  /** Bookings of open rows whose cancellation was asked for. */
  cancelsLeft(batchId: string): Promise<string[]>;
  /** Rows that missed the end of their booking; returns their number. */
  catchUp(batchId: string, at: string): Promise<number>;
  /** Statuses of the rows that ended last, the newest first, since failures began to count. */
  lastTried(batchId: string, limit: number): Promise<RowStatus[]>;

  /** Begins to erase a batch, if `mayErase`. From now on nobody can read it. */
  beginBatchErasure(
    batchId: string,
    at: string,
    mayErase: (status: BatchStatus) => boolean,
  ): Promise<'begun' | 'unfit' | 'unknown'>;
  batchErasure(batchId: string): Promise<BatchErasure | undefined>;
  /** Rows of a batch that is being erased, with their bookings; at most `limit`, behind the position `after`. */
  bookingsOfBatch(batchId: string, after: number, limit: number): Promise<{ position: number; booking_id: string }[]>;
  /** Deletes the batch and some of its rows, at most `limit`; true once all is gone. */
  forgetBatch(batchId: string, limit: number): Promise<boolean>;
  finishBatchErasure(batchId: string, at: string): Promise<void>;
  /**
   * Deletes batches that were never opened, and returns their ids: their acceptance failed, and was not repeated. They have no bookings, and
   * leave no trace, so that the same request may still come.
   */
  forgetLostBatches(query: { begun_before: string; limit: number }): Promise<string[]>;
  /** Batches to erase now: ended before `ended_before`, or whose erasure did not go on since `begun_before`. */
  dueBatches(query: { ended_before?: string | undefined; begun_before: string; limit: number }): Promise<string[]>;
}

export interface BatchErasure {
  batch_id: string;
  owner: string;
  requested_at: string;
  erased_at: string | null;
}
