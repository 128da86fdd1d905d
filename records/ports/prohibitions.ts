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
  allowNumber(phoneHash: string): Promise<boolean>;
  forbidden(): Promise<{ phone_hash: string; phone_masked: string; booking_id: string; at: string }[]>;
}
