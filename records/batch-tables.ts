import type { Generated } from 'kysely';

export interface BatchesTable {
  id: string;
  owner: string;
  idempotency_key: string | null;
  body_hash: string;
  /** Mode and accounts of the batch. */
  accounts_json: string;
  /** `BatchSettings`; `not_after`, `max_concurrent` and `name` as they were changed last. */
  settings_json: string;
  /** 1: all of its rows are stored. Until then nobody can read it. */
  ready: number;
  /** Its erasure has begun: nobody can read it any more. */
  erasing: Generated<number>;
  status: string;
  paused_because: string | null;
  /** The fate of live calls while it is canceled. */
  live_calls: string | null;
  /** The last assigned event seq. A transaction that raises it locks the batch, so its counts are exact. */
  last_seq: number;
  /** Rows that ended up to this seq do not count for `stop_after_failures`. */
  failures_since: number;
  /** How often it was completed: new rows reopen it. */
  completions: number;
  created_ms: number;
  updated_ms: number;
  ended_ms: number | null;
  /** Sums over the calls of its bookings that have their outcome. */
  answered: Generated<number>;
  talk_seconds: Generated<number>;
  phone_minutes: Generated<number>;
  agent_seconds: Generated<number>;
}

export interface BatchRowsTable {
  batch_id: string;
  position: number;
  /** Hash of batch and key. It stays when the row is erased: the same row must never become a second booking. Null: invalid, without a key. */
  key_hash: string | null;
  key: string | null;
  line: number | null;
  phone: string | null;
  business_name: string | null;
  user_name: string | null;
  /** Key, business, person and digits of the number in searchable form. */
  search_text: string;
  status: string;
  why: string | null;
  /** `RowReason[]`; null: none, or the row is of an earlier version. */
  reasons_json: string | null;
  result: string | null;
  /** 1: nobody was called for its result. */
  simulated: Generated<number>;
  confirmed_date: string | null;
  confirmed_time: string | null;
  booking_id: string | null;
  /** The booking's request, until the row is a booking. */
  request_json: string | null;
  /** 1: it was taken to become a booking, and may be one already. */
  taken: number;
  cancel_requested: number;
  /** 1: its booking waits for something else than a place, so others may come before it. */
  waits: number;
  /** No earlier dial, ms since 1970; 0: none is too early. */
  due_ms: number;
  /** No later dial. */
  until_ms: number | null;
  /** The row's own `not_after`, as it was given: the batch's may change. */
  own_not_after: Generated<string | null>;
  /** 1: the batch's `not_after` has changed, and its booking does not know yet. */
  retimed: Generated<number>;
  /** The batch's seq with which it became final. */
  ended_seq: number | null;
}

/** Rows of a batch by status and result (`''`: none), changed together with them. */
export interface BatchCountsTable {
  batch_id: string;
  status: string;
  result: string;
  count: number;
}

export interface BatchEventsTable {
  batch_id: string;
  seq: number;
  /** The row of the event; its key and booking are read from the row itself. */
  position: number | null;
  event_json: string;
}

/** Remains of erased batches. */
export interface BatchErasuresTable {
  batch_id: string;
  owner: string;
  /** Hash of its Idempotency-Key. */
  key_hash: string | null;
  requested_ms: number;
  erased_ms: number | null;
}
