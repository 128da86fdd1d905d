import type { Accounts } from '../../domain/accounts.ts';
import type { Erasure, ProviderTrace } from '../../domain/erasure.ts';

/** Erasing a booking, here and at the providers. */
export interface ErasureRecords {
  /**
   * Begins to erase a booking that has its outcome (or, with `unstarted`, one whose workflow never started): from now on it is
   * shown to nobody. Harmless to repeat. `at`: ISO 8601, UTC.
   */
  beginErasure(bookingId: string, how: { at: string; unstarted?: boolean }): Promise<'begun' | 'not_final' | 'unknown'>;
  erasure(bookingId: string): Promise<Erasure | undefined>;
  /** The highest number of a call of this booking, also after it is forgotten. */
  attemptsOf(bookingId: string): Promise<number>;
  /** Deletes everything of a booking whose erasure has begun, but for what the providers must still be told to delete. */
  forgetBooking(bookingId: string): Promise<void>;
  addTraces(bookingId: string, traces: readonly ProviderTrace[]): Promise<void>;
  /** What the providers may still have; `since`: when the booking was accepted. `accounts`: whose providers; undefined: not on record. */
  tracesLeft(bookingId: string): Promise<{ since: string; traces: ProviderTrace[]; accounts: Accounts | undefined }>;
  traceGone(bookingId: string, trace: ProviderTrace): Promise<void>;
  finishErasure(bookingId: string, at: string): Promise<void>;
  /** True when any of these belongs to a booking whose erasure has begun (by provider ids: once it is forgotten). */
  isErased(ids: {
    booking_id?: string | undefined;
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<boolean>;
  /**
   * Bookings to be erased now, the oldest first: final (or never started) since before `final_before`, and those whose erasure was
   * asked for before `begun_before` and has not come to anything. ISO 8601, UTC.
   */
  dueForErasure(query: { final_before?: string | undefined; begun_before: string; limit: number }): Promise<string[]>;
}
