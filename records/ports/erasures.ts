import type { Accounts } from '../../domain/accounts.ts';
import type { Erasure, ProviderTrace } from '../../domain/erasure.ts';

/** Erasures of bookings, here and at the providers. */
export interface ErasureRecords {
  /**
   * Begins to erase a booking that has its outcome (or, with `unstarted`, one whose workflow never started). From now on nobody can read
   * it. May be repeated. `at`: ISO 8601, UTC.
   */
  beginErasure(bookingId: string, how: { at: string; unstarted?: boolean }): Promise<'begun' | 'not_final' | 'unknown'>;
  erasure(bookingId: string): Promise<Erasure | undefined>;
  /** Numbers that calls of this booking have, or may have, also after its rows are deleted. */
  callNumbersOf(bookingId: string): Promise<number[]>;
  /** Deletes all rows of a booking whose erasure has begun, except for the ids that the providers must still delete. */
  forgetBooking(bookingId: string): Promise<void>;
  addTraces(bookingId: string, traces: readonly ProviderTrace[]): Promise<void>;
  /**
   * Ids that the providers may still have. `since`: when the booking was accepted. `accounts`: accounts at the providers; undefined: not
   * stored.
   */
  tracesLeft(bookingId: string): Promise<{ since: string; traces: ProviderTrace[]; accounts: Accounts | undefined }>;
  traceGone(bookingId: string, trace: ProviderTrace): Promise<void>;
  finishErasure(bookingId: string, at: string): Promise<void>;
  /** True when one of these belongs to a booking whose erasure has begun (for provider ids: whose rows are deleted). */
  isErased(ids: {
    booking_id?: string | undefined;
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<boolean>;
  /**
   * Bookings to erase now, the oldest first: final (or never started) since before `final_before`, and unfinished erasures requested before
   * `begun_before`. ISO 8601, UTC.
   */
  dueForErasure(query: { final_before?: string | undefined; begun_before: string; limit: number }): Promise<string[]>;
}
