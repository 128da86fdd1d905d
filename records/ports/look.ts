import type { Accounts, OpenOfAccounts } from '../../domain/accounts.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { Contradiction } from '../../domain/contradiction.ts';
import type { BookingOrder, CallingWindow } from '../../domain/order.ts';
import type { BookingView, ContradictionView } from '../../domain/view.ts';

/** A booking that was started and has no outcome, with what the hourly look compares. */
export interface OpenBooking {
  order: BookingOrder;
  view: BookingView;
  sandbox: boolean;
  /** Undefined for bookings older than this record. */
  accounts: Accounts | undefined;
  /** The calling hours that its workflow was last told; undefined: not on record. */
  calling_window: CallingWindow | undefined;
}

/** A booking whose outcome is to be held against the providers' lists. */
export interface AuditedBooking {
  order: BookingOrder;
  view: BookingView;
  sandbox: boolean;
  accounts: Accounts | undefined;
  /** How often that was done; ISO 8601, UTC: when the outcome came. */
  audits: number;
  final_at: string;
}

/** A dial to a number, of whichever booking. ISO 8601, UTC. */
export interface DialTo {
  booking_id: string;
  call_id: string;
  channel: PhoneChannel;
  at: string;
  caller: string | undefined;
  /** A provider's id is on record for it. */
  named: boolean;
}

/** What the hourly look and the audit ask of the database. Times ISO 8601, UTC. */
export interface LookRecords {
  /** One page of open bookings that were accepted before `accepted_before`, the oldest first. */
  openBookings(query: {
    status: 'queued' | 'in_progress';
    accepted_before: string;
    after?: { created_at: string; id: string } | undefined;
    limit: number;
  }): Promise<OpenBooking[]>;
  /** The booking's workflow was told these calling hours. */
  noteWindow(bookingId: string, window: CallingWindow): Promise<void>;
  /** How many open bookings each mode and account has. */
  openByAccounts(): Promise<OpenOfAccounts[]>;
  /** Writes the end of a booking whose run is gone; false: it had its outcome, or is erased. */
  endLost(view: BookingView): Promise<boolean>;
  /** Gives back the places at providers of a booking of which no call can be alive. */
  releaseSlotsOf(bookingId: string): Promise<void>;

  /** Bookings to be audited now, the longest due first: for the first time those that became final before `final_before`. */
  dueForAudit(query: { final_before: string; now: string; limit: number }): Promise<AuditedBooking[]>;
  /** When the next audit comes due, Unix ms; undefined: none is. `first_ms`: how long after the outcome the first one comes. */
  nextAuditAt(firstMs: number): Promise<number | undefined>;
  /** It was audited `audits` times; the next time not before `next` (of a first one: `first_ms` later than that), never when undefined. */
  setAudit(booking: { booking_id: string; audits: number; next: string | undefined }): Promise<void>;
  /** Adds what contradicts an outcome; gives those that were not known. */
  addContradictions(bookingId: string, found: readonly Contradiction[], at: string): Promise<ContradictionView[]>;
  /** All dials since then to a number, by its hash, and those of one booking. */
  dialsTo(query: { phone_hash: string; booking_id: string; since: string }): Promise<DialTo[]>;
  /** Which attempts calls are on record for; unknown ones are absent. */
  ownersOf(callSids: readonly string[]): Promise<Map<string, string>>;
}
