/** A feed of appointments under a secret address. */
export interface CalendarFeedsTable {
  id: string;
  token_hash: string;
  owner: string;
  batch: string | null;
  created_ms: number;
  /** The last reading, to the day. */
  read_ms: number | null;
  /** From then on it does not work any more, unless it is read before. */
  ends_ms: number;
}
