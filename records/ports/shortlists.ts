import type { Accounts } from '../../domain/accounts.ts';
import type { MessageRecord } from '../../domain/message.ts';
import type { ShortlistEvent, ShortlistOrder, ShortlistProgress, ShortlistView } from '../../domain/shortlist/view.ts';

/** A new shortlist. `owner` is a keyed hash of the API key. */
export interface NewShortlist {
  order: ShortlistOrder;
  owner: string;
  accounts: Accounts;
  idempotency?: { key: string; body_hash: string } | undefined;
  /** Maximum of open shortlists of its owner; undefined: no bound. */
  most?: number | undefined;
}

export interface StoredShortlist {
  order: ShortlistOrder;
  owner: string;
  accounts: Accounts;
  progress: ShortlistProgress;
  /** Version of the last write; 0 before the first. */
  version: number;
  /** False until the workflow is known to exist. Until then nobody can read the shortlist. */
  started: boolean;
}

export type AcceptShortlistResult =
  | ({ how: 'created' | 'repeated' } & StoredShortlist)
  | { how: 'conflict'; shortlist_id: string }
  | { how: 'too_many'; most: number };

/** The message to the client of a shortlist about its outcome: the shortlist as `GET` showed it then. */
export interface ShortlistMessage {
  id: string;
  type: 'shortlist.completed';
  /** Time of the outcome. */
  timestamp: string;
  data: ShortlistView;
}

/** Shortlists, with their candidates, events and message. Times are ISO 8601, UTC. */
export interface ShortlistRecords {
  /** Inserts a shortlist, or finds the one that the same owner created with the same key. */
  acceptShortlist(shortlist: NewShortlist): Promise<AcceptShortlistResult>;
  markShortlistStarted(id: string): Promise<void>;
  shortlist(id: string): Promise<StoredShortlist | undefined>;
  /** Newest first, by (created_at, id). Only started ones. `owner` undefined: of all owners. */
  listShortlists(query: {
    owner?: string | undefined;
    limit: number;
    after?: { created_at: string; id: string } | undefined;
  }): Promise<StoredShortlist[]>;
  /**
   * Writes the workflow's progress with the events since the last write, and with the outcome the message to its client. An older version
   * changes nothing, and no write changes an outcome.
   */
  saveShortlist(write: {
    id: string;
    version: number;
    progress: ShortlistProgress;
    events: ShortlistEvent[];
    message?: ShortlistMessage | undefined;
  }): Promise<void>;
  shortlistEventsAfter(id: string, seq: number, limit: number): Promise<{ seq: number; event: ShortlistEvent }[]>;
  /** Undefined: there is none, or it was erased. */
  shortlistMessage(id: string): Promise<{ message: ShortlistMessage; record: MessageRecord } | undefined>;
  addShortlistDelivery(
    id: string,
    delivery: MessageRecord['deliveries'][number],
    state: MessageRecord['state'],
  ): Promise<void>;
  /** Deletes shortlists that have been final since before `final_before`, at most `limit`. Returns their ids. */
  forgetShortlists(query: { final_before: string; limit: number }): Promise<string[]>;
}
