/** The do-not-call list, by keyed hashes of numbers. */
export interface ProhibitionRecords {
  /** `call_id`: the call in which the number was forbidden. Each call forbids once, so that an operator's removal stays. */
  forbidNumber(entry: {
    phone_hash: string;
    phone_masked: string;
    booking_id: string;
    at: string;
    call_id?: string | undefined;
  }): Promise<void>;
  /** Removes a number; undefined: it was not on the list. */
  allowNumber(phoneHash: string): Promise<{ phone_masked: string; booking_id: string } | undefined>;
  forbidden(): Promise<{ phone_hash: string; phone_masked: string; booking_id: string; at: string }[]>;
}
