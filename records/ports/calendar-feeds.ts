/** A feed of confirmed appointments under a secret address. Times ISO 8601, UTC. */
export interface CalendarFeed {
  id: string;
  /** Keyed hash of the API key. */
  owner: string;
  /** Only this batch's appointments; null: all that the key may see. */
  batch: string | null;
  created_at: string;
  /** To the day; null: nobody has read it. */
  last_read_at: string | null;
}

/** Feeds, by the hash of their token. A feed that nobody has read for a year has ended. */
export interface CalendarFeedRecords {
  /** False: its owner has `most` feeds already. Deletes feeds that have ended. */
  addCalendarFeed(
    feed: Pick<CalendarFeed, 'id' | 'owner' | 'batch' | 'created_at'> & { token_hash: string; most: number },
  ): Promise<boolean>;
  /** Newest first. */
  calendarFeeds(owner: string, now: string): Promise<CalendarFeed[]>;
  /** Notes, once a day, that the feed was read. */
  readCalendarFeed(tokenHash: string, now: string): Promise<CalendarFeed | undefined>;
  /** False: this owner has no such feed. */
  removeCalendarFeed(id: string, owner: string): Promise<boolean>;
}
