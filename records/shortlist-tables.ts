/** Shortlists with their progress, as the API shows them. */
export interface ShortlistsTable {
  id: string;
  owner: string;
  idempotency_key: string | null;
  body_hash: string | null;
  order_json: string;
  progress_json: string;
  accounts_json: string;
  /** Version of the last write; 0 before the first. */
  version: number;
  /** The last assigned event seq. */
  last_seq: number;
  started: number;
  created_ms: number;
  /** Time of the outcome. */
  final_ms: number | null;
  /** Time of the client's cancel. */
  cancel_ms: number | null;
  /** 1: a booking that may have been an appointment is erased, so nobody else may be called, and nobody can review it. */
  barred: number;
  /** The message to the client about the outcome, and its deliveries. */
  message_json: string | null;
  message_state: string | null;
  deliveries_json: string | null;
}

export interface ShortlistEventsTable {
  shortlist_id: string;
  seq: number;
  key: string;
  event_json: string;
}
