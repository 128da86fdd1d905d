/** Marks of keys, and sessions of operators. */
export interface AccessRecords {
  /** The mark by which a key is recognised as the one of this data; undefined: there is none with this name yet. */
  keyMark(name: string): Promise<string | undefined>;
  /**
   * Stores a mark where there is none or, with `instead`, in place of that one. Returns the mark that is stored then, which another
   * process may have stored.
   */
  keepKeyMark(name: string, mark: string, instead?: string): Promise<string>;
  /** A number and its hash in some booking; undefined without any. */
  numberHashedBefore(): Promise<{ phone: string; phone_hash: string } | undefined>;
  /** A session at the console, by the hash of its id, until its end. Expired ones are deleted. */
  openSession(session: { hash: string; owner: string; now: string; until: string }): Promise<void>;
  sessionOwner(hash: string, now: string): Promise<string | undefined>;
  closeSession(hash: string): Promise<void>;
}
