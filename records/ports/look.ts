import type { Accounts, OpenOfAccounts } from '../../domain/accounts.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { Contradiction } from '../../domain/contradiction.ts';
import type { BookingOrder, CallingWindow } from '../../domain/order.ts';
import type { BookingView, ContradictionView } from '../../domain/view.ts';
import type { LineHanded } from './places.ts';

/** A booking that was started and has no outcome, with the data that the hourly look compares. */
export interface OpenBooking {
  order: BookingOrder;
  view: BookingView;
  sandbox: boolean;
  /** Undefined for bookings older than this column. */
  accounts: Accounts | undefined;
  /** The calling hours last sent to its workflow; undefined: not stored. */
  calling_window: CallingWindow | undefined;
}

/** A booking whose outcome is to be compared with the providers' lists. */
export interface AuditedBooking {
  order: BookingOrder;
  view: BookingView;
  sandbox: boolean;
  accounts: Accounts | undefined;
  /** Number of earlier audits; ISO 8601, UTC: time of the outcome. */
  audits: number;
  final_at: string;
}

/** A dial to a number, of any booking. ISO 8601, UTC. */
export interface DialTo {
  booking_id: string;
  call_id: string;
  channel: PhoneChannel;
  at: string;
  caller: string | undefined;
  /** A provider's id is stored for it. */
  named: boolean;
}

/** Queries of the hourly look and the audit. Times are ISO 8601, UTC. */
export interface LookRecords {
  /** One page of open bookings that were accepted before `accepted_before`, the oldest first. */
  openBookings(query: {
    status: 'queued' | 'in_progress';
    accepted_before: string;
    after?: { created_at: string; id: string } | undefined;
    limit: number;
  }): Promise<OpenBooking[]>;
  /** Stores the calling hours that were sent to the booking's workflow. */
  noteWindow(bookingId: string, window: CallingWindow): Promise<void>;
  /** Number of open bookings of each mode and account. */
  openByAccounts(): Promise<OpenOfAccounts[]>;
  /** Writes the end of a booking whose run is gone; false: it has an outcome, or is erased. */
  endLost(view: BookingView): Promise<boolean>;
  /** Releases the slots of a booking without a live call. Returns the bookings that may dial now. */
  releaseSlotsOf(bookingId: string): Promise<LineHanded[]>;

  /** Bookings to audit now, the longest due first. First audits: those that became final before `final_before`. */
  dueForAudit(query: { final_before: string; now: string; limit: number }): Promise<AuditedBooking[]>;
  /** Time of the next due audit in Unix milliseconds; undefined: none is due. `first_ms`: time from the outcome to the first audit. */
  nextAuditAt(firstMs: number): Promise<number | undefined>;
  /** Stores the number of audits, and the time of the next one (`next`; for a first audit `first_ms` later); undefined: no more. */
  setAudit(booking: { booking_id: string; audits: number; next: string | undefined }): Promise<void>;
  /** Adds contradictions to an outcome. Returns the new ones. */
  addContradictions(bookingId: string, found: readonly Contradiction[], at: string): Promise<ContradictionView[]>;
  /** All dials since then to a number, by its hash, and those of one booking. */
  dialsTo(query: { phone_hash: string; booking_id: string; since: string }): Promise<DialTo[]>;
  /** Attempts of stored calls, by CallSid; unknown ones are absent. */
  ownersOf(callSids: readonly string[]): Promise<Map<string, string>>;
}
