import type { Accounts } from '../../domain/accounts.ts';
import type { MessageRecord } from '../../domain/message.ts';
import type { BookingOrder } from '../../domain/order.ts';
import type { ShortlistEvent, ShortlistOrder, ShortlistProgress, ShortlistView } from '../../domain/shortlist/view.ts';
import type { BookingView } from '../../domain/view.ts';

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
  /** The client canceled it, or a booking that may have been an appointment is erased. Its workflow may not know yet. */
  canceled: boolean;
  /** False until the workflow is known to exist. Until then nobody can read the shortlist. */
  started: boolean;
}

export type AcceptShortlistResult =
  | ({ how: 'created' | 'repeated' } & StoredShortlist)
  /** `erased`: the key belongs to a shortlist that is gone, of which a candidate was asked. */
  | { how: 'conflict' | 'erased'; shortlist_id: string }
  | { how: 'too_many'; most: number };

/** A booking of a shortlist, also one that was not started. */
export interface ShortlistBooking {
  order: BookingOrder;
  view: BookingView;
  started: boolean;
}

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
  /** From now on no further booking of it is accepted. Returns all that it has; undefined: it has its outcome, or is not there. */
  cancelShortlist(id: string, at: string): Promise<ShortlistBooking[] | undefined>;
  /** All bookings of a shortlist, the oldest first. */
  bookingsOfShortlist(id: string): Promise<ShortlistBooking[]>;
  /** Deletes bookings of a shortlist whose workflow was never started. One that starts all the same finds no row, and calls nobody. */
  dropUnstartedOf(id: string): Promise<void>;
  /** Shortlists without outcome, or with one of which the client was not told, by id. */
  unfinishedShortlists(query: {
    state: 'open' | 'untold';
    after?: string | undefined;
    limit: number;
  }): Promise<StoredShortlist[]>;
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
