import type { Accounts } from '../../domain/accounts.ts';
import type { Channel } from '../../domain/channels.ts';
import type { ClientMessage, MessageRecord } from '../../domain/message.ts';
import type { BookingOrder, CallingWindow } from '../../domain/order.ts';
import type { BookingStatus, Result } from '../../domain/result.ts';
import type { Review, ReviewRecord } from '../../domain/review.ts';
import type { BookingEvent, BookingSnapshot, BookingView } from '../../domain/view.ts';
import type { OpenBounds } from '../open-bookings.ts';
import type { LineHanded } from './lines.ts';

/** A new booking as the API accepts it. `owner` is a keyed hash of the API key, never the key. */
export interface NewBooking {
  order: BookingOrder;
  owner: string;
  idempotency?: { key: string; body_hash: string } | undefined;
  /** Keyed hash of the business's number, by which the booking is found again. */
  phone_hash?: string | undefined;
  /** The sandbox has it. */
  simulated?: boolean | undefined;
  /** The mode and accounts that it belongs to. */
  accounts?: Accounts | undefined;
  /** How many bookings of its owner, and of its number among them, may be open; undefined: as many as come. */
  bounds?: OpenBounds | undefined;
  /** The calling hours that its workflow starts with. */
  calling_window?: CallingWindow | undefined;
}

export type AcceptResult =
  /** `accounts`: those that the booking belongs to, where they are on record. `view`: as it is stored. */
  | {
      how: 'created' | 'repeated';
      order: BookingOrder;
      view: BookingView;
      accounts: Accounts | undefined;
      started: boolean;
    }
  | { how: 'conflict'; booking_id: string }
  /** One more would be above the bound of its key, or of its number; nothing was stored. */
  | { how: 'too_many'; of: keyof OpenBounds; most: number }
  /** The key belongs to a booking that was erased. */
  | { how: 'erased'; booking_id: string };

export interface StoredBooking {
  order: BookingOrder;
  owner: string;
  view: BookingView;
  /** The sandbox has it, whatever runs here now: all that came of it is simulated. */
  sandbox: boolean;
  /** Undefined for bookings older than this record. */
  accounts: Accounts | undefined;
  /** False until the workflow is known to exist; such a booking is not shown to anybody. */
  started: boolean;
}

/** What a list of bookings is searched for: the beginning of an id, a whole number by its hash, or a part of the business's name. */
/** `phone_hashes`: whichever of them it was stored with. */
export type BookingSearch = { id_prefix: string } | { phone_hashes: readonly string[] } | { name: string };

/** A snapshot whose events have keys of their own, by which a repeated write is seen to be one. */
export type KeyedSnapshot = Omit<BookingSnapshot, 'events'> & { events: { key: string; event: BookingEvent }[] };

/** Bookings as they are shown, the decisions and messages beside them. */
export interface BookingRecords {
  /** Inserts, or finds the booking that the same owner made with the same key. */
  acceptBooking(booking: NewBooking): Promise<AcceptResult>;
  markStarted(bookingId: string): Promise<void>;
  /** Undefined also for one whose erasure has begun. */
  booking(bookingId: string): Promise<StoredBooking | undefined>;
  /** Newest first, by (created_at, id). `owner` undefined: all (operators). Only started ones. */
  listBookings(query: {
    owner?: string | undefined;
    status?: BookingStatus | undefined;
    channel?: Channel | undefined;
    result?: Result | undefined;
    /** A person has settled it, or not. */
    reviewed?: boolean | undefined;
    search?: BookingSearch | undefined;
    limit: number;
    after?: { created_at: string; id: string } | undefined;
  }): Promise<BookingView[]>;
  /** What was asked for, by booking id; unknown ids are absent. */
  ordersOf(bookingIds: readonly string[]): Promise<Map<string, BookingOrder>>;
  /** How many started bookings have each status; statuses without any are absent. */
  countByStatus(): Promise<Partial<Record<BookingStatus, number>>>;
  /** How many wait for a person. */
  countReviewsOpen(): Promise<number>;
  /** Sums up what was counted meanwhile; from time to time, where nobody asks for the counts. */
  foldCounts(): Promise<void>;
  /**
   * Writes the read model; a booking that has its outcome holds no line any more, and a call that has ended no slot. Gives the
   * lines that were handed on by that.
   */
  saveSnapshot(snapshot: KeyedSnapshot): Promise<LineHanded[]>;
  /** Those that are in no row. */
  unknownAmong(bookingIds: string[]): Promise<string[]>;
  /**
   * A person's decision beside a `needs_review` outcome; `refused`: the booking has another outcome, or none. The same as the
   * last one adds nothing. `message`: what the client is told of it, on record in the same transaction.
   */
  addReview(
    review: Review & {
      booking_id: string;
      key: string;
      message?: ((review: ReviewRecord) => ClientMessage) | undefined;
    },
  ): Promise<{ how: 'added' | 'repeated'; review: ReviewRecord } | { how: 'refused' }>;
  /** In the order in which they were given. */
  reviews(bookingId: string): Promise<ReviewRecord[]>;
  /** What a client is told; a message that is known already stays as it was. */
  putMessage(message: ClientMessage): Promise<void>;
  message(id: string): Promise<ClientMessage | undefined>;
  messages(bookingId: string): Promise<MessageRecord[]>;
  /** One time that a message was sent, and how the message stands now. */
  addDelivery(delivery: {
    message_id: string;
    at: string;
    status: number | null;
    error: string | null;
    state: MessageRecord['state'];
  }): Promise<void>;
}
