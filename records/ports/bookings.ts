import type { Accounts } from '../../domain/accounts.ts';
import type { Channel } from '../../domain/channels.ts';
import type { ClientMessage, MessageRecord } from '../../domain/message.ts';
import type { BookingOrder, CallingWindow } from '../../domain/order.ts';
import type { BookingStatus, Result } from '../../domain/result.ts';
import type { Review, ReviewRecord } from '../../domain/review.ts';
import type { BookingEvent, BookingSnapshot, BookingView } from '../../domain/view.ts';
import type { OpenBounds } from '../open-bookings.ts';
import type { LineHanded } from './places.ts';

/** A new booking from the API. `owner` is a keyed hash of the API key, never the key. */
export interface NewBooking {
  order: BookingOrder;
  owner: string;
  idempotency?: { key: string; body_hash: string } | undefined;
  /** Keyed hash of the business's number, for the search. */
  phone_hash?: string | undefined;
  /** The sandbox runs it. */
  simulated?: boolean | undefined;
  /** Mode and accounts of the booking. */
  accounts?: Accounts | undefined;
  /** Maximum of open bookings of its owner, and of its number; undefined: no bound. */
  bounds?: OpenBounds | undefined;
  /** The calling hours with which its workflow starts. */
  calling_window?: CallingWindow | undefined;
}

export type AcceptResult =
  /** `accounts`: those of the booking, if stored. `view`: the stored one. */
  | {
      how: 'created' | 'repeated';
      order: BookingOrder;
      view: BookingView;
      accounts: Accounts | undefined;
      started: boolean;
    }
  | { how: 'conflict'; booking_id: string }
  /** One more booking would exceed the bound of its key, or of its number. Nothing was stored. */
  | { how: 'too_many'; of: keyof OpenBounds; most: number }
  /** It is for a row of a batch that has ended, or whose cancellation was asked for. Nothing was stored. */
  | { how: 'not_wanted' }
  /** The key belongs to an erased booking. */
  | { how: 'erased'; booking_id: string };

export interface StoredBooking {
  order: BookingOrder;
  owner: string;
  view: BookingView;
  /** The sandbox ran it, whatever runs here now: all its results are simulated. */
  sandbox: boolean;
  /** Undefined for bookings older than this column. */
  accounts: Accounts | undefined;
  /** False until the workflow is known to exist. Until then nobody can read the booking. */
  started: boolean;
}

/**
 * Search of a list of bookings: an id prefix; a whole number (all hashes under which it may be stored) and, where no booking has it, a
 * part of a number; or words, each of which stands in the business's name, the service, the person's name or the number.
 */
export type BookingSearch =
  | { id_prefix: string }
  | { phone_hashes: readonly string[]; digits?: string | undefined }
  | { text: string };

/** A snapshot whose events have keys, by which a repeated write is recognised. */
export type KeyedSnapshot = Omit<BookingSnapshot, 'events'> & { events: { key: string; event: BookingEvent }[] };

/** Stored bookings, with their reviews and messages. */
export interface BookingRecords {
  /**
   * Inserts a booking, or finds the one that the same owner created with the same key.
   * @throws CandidateOvertaken for a candidate of a shortlist whose turn it is not
   */
  acceptBooking(booking: NewBooking): Promise<AcceptResult>;
  markStarted(bookingId: string): Promise<void>;
  /** Undefined also for a booking whose erasure has begun. */
  booking(bookingId: string): Promise<StoredBooking | undefined>;
  /** Newest first, by (created_at, id). Only started bookings. `owner` undefined: of all owners (for operators). */
  listBookings(query: {
    owner?: string | undefined;
    status?: BookingStatus | undefined;
    channel?: Channel | undefined;
    result?: Result | undefined;
    /** Whether a person has decided it. */
    reviewed?: boolean | undefined;
    search?: BookingSearch | undefined;
    /** Accepted in `[created_from, created_before)`; ISO 8601. */
    created_from?: string | undefined;
    created_before?: string | undefined;
    /** Only the bookings of this shortlist or batch. */
    parent?: { shortlist: string } | { batch: string } | undefined;
    limit: number;
    after?: { created_at: string; id: string } | undefined;
  }): Promise<BookingView[]>;
  /** Orders by booking id; unknown ids are absent. */
  ordersOf(bookingIds: readonly string[]): Promise<Map<string, BookingOrder>>;
  /** Number of started bookings by status; statuses without any are absent. */
  countByStatus(): Promise<Partial<Record<BookingStatus, number>>>;
  /** Number of bookings that wait for a person. */
  countReviewsOpen(): Promise<number>;
  /** Folds pending counts into the sums; called from time to time where nobody reads the counts. */
  foldCounts(): Promise<void>;
  /**
   * Writes the read model. Releases the lines of a booking that has its outcome, and the slots of calls that have ended. Returns the lines
   * that were handed on by that.
   */
  saveSnapshot(snapshot: KeyedSnapshot): Promise<LineHanded[]>;
  /** Ids without a row. */
  unknownAmong(bookingIds: string[]): Promise<string[]>;
  /**
   * Adds a person's decision on a `needs_review` outcome; `refused`: the booking has another outcome, or none. Repeating the last decision
   * adds nothing. `message`: the client's message, stored in the same transaction.
   */
  addReview(
    review: Review & {
      booking_id: string;
      key: string;
      message?: ((review: ReviewRecord) => ClientMessage) | undefined;
    },
  ): Promise<{ how: 'added' | 'repeated'; review: ReviewRecord } | { how: 'refused' }>;
  /** In the order of their creation. */
  reviews(bookingId: string): Promise<ReviewRecord[]>;
  /** Stores a message to a client. A known message stays unchanged. */
  putMessage(message: ClientMessage): Promise<void>;
  message(id: string): Promise<ClientMessage | undefined>;
  messages(bookingId: string): Promise<MessageRecord[]>;
  /** Stores one delivery of a message, and the message's new state. */
  addDelivery(delivery: {
    message_id: string;
    at: string;
    status: number | null;
    error: string | null;
    state: MessageRecord['state'];
  }): Promise<void>;
}
