/** The do-not-call list, by keyed hashes of numbers. */
export interface ProhibitionRecords {
  /** `call_id`: the call in which the number was forbidden; it does so once, so that an operator's lifting stands. */
  forbidNumber(entry: {
    phone_hash: string;
    phone_masked: string;
    booking_id: string;
    at: string;
    call_id?: string | undefined;
  }): Promise<void>;
  allowNumber(phoneHash: string): Promise<boolean>;
  /** Whether it stands there under any of these hashes. */
  isForbidden(phoneHashes: string | string[]): Promise<boolean>;
  forbidden(): Promise<{ phone_hash: string; phone_masked: string; booking_id: string; at: string }[]>;
}
