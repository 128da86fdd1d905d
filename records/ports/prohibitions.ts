/** One number of the do-not-call list. */
export interface Prohibition {
  phone_hash: string;
  phone_masked: string;
  /** Empty: no booking led to it. */
  booking_id: string;
  at: string;
  /** Present where somebody gave one. */
  reason?: string | undefined;
  /** Present where the entry has an end. */
  expires_at?: string | undefined;
}

/** The do-not-call list, by keyed hashes of numbers. */
export interface ProhibitionRecords {
  /** `call_id`: the call in which the number was forbidden. Each call forbids once, so that an operator's removal stays. */
  forbidNumber(entry: {
    phone_hash: string;
    phone_masked: string;
    booking_id: string;
    at: string;
    call_id?: string | undefined;
    /** Of an entry that somebody adds. */
    reason?: string | undefined;
    /** The entry counts before this instant; absent: without end. An entry that ends later stays. */
    expires_at?: string | undefined;
  }): Promise<void>;
  /** The entry of a number that counts at `now`, by all hashes under which it may be stored. */
  prohibitionOf(phoneHashes: readonly string[], now: string): Promise<Prohibition | undefined>;
  /** Removes a number; undefined: it was not on the list. */
  allowNumber(phoneHash: string): Promise<{ phone_masked: string; booking_id: string } | undefined>;
  /** The entries that count at `now`; the newest first. */
  forbidden(now: string): Promise<Prohibition[]>;
}
