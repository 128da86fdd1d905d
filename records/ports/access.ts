/** Whose key and whose session it is. */
export interface AccessRecords {
  /** By which a key is known to be the one that this data was made with; undefined: there is none of this name yet. */
  keyMark(name: string): Promise<string | undefined>;
  /** Keeps a mark where there is none or, with `instead`, in that one's place; gives the one that stands then, whoever kept it. */
  keepKeyMark(name: string, mark: string, instead?: string): Promise<string>;
  /** A number and the hash that some booking has of it; undefined without any. */
  numberHashedBefore(): Promise<{ phone: string; phone_hash: string } | undefined>;
  /** Who is signed in at the console: by a hash of the session's id, until its end. Expired ones are forgotten. */
  openSession(session: { hash: string; owner: string; now: string; until: string }): Promise<void>;
  sessionOwner(hash: string, now: string): Promise<string | undefined>;
  closeSession(hash: string): Promise<void>;
}
