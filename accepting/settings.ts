import type { Accounts } from '../domain/accounts.ts';
import { lineIdOf } from '../domain/ids.ts';
import type { BookingOrder, BookingSettings } from '../domain/order.ts';

/** What of an installation decides on a new booking, or is frozen into it. */
export interface AcceptingSettings {
  /** ISO 3166 country codes; undefined: all. */
  allowedCountries?: string[] | undefined;
  /** The providers are played on this machine: then a client may be there as well. */
  playedHere?: boolean | undefined;
  /** What is frozen into each booking's workflow. */
  booking: Omit<BookingSettings, 'line_id' | 'accounts' | 'sandbox'>;
  /** How many bookings of one key, and of one number of that key, may be open at once; undefined: as many as come. */
  openBounds?: { key: number; number: number } | undefined;
  /** The mode and accounts that this process works with: new bookings belong to them. */
  accounts: Accounts;
  /** Keyed hash of a number: names its line lock and its entry in the do-not-call list. Numbers that ring the same phone share it. */
  phoneHash: (phone: string) => string;
  /**
   * The booking's id that an owner's Idempotency-Key stands for, always the same: a repeated request finds its workflow even when the
   * database has forgotten the booking (an older copy of it was put in its place).
   */
  bookingIdOf: (owner: string, idempotencyKey: string) => string;
}

/**
 * What the installation adds to the order; the same for a repeated start. `accounts`: those that the booking belongs to, which may not be
 * the present ones when a start was lost and the request is repeated later.
 */
export const settingsFor = (
  order: BookingOrder,
  accounts: Accounts,
  settings: Pick<AcceptingSettings, 'booking' | 'phoneHash'>,
): BookingSettings => ({
  ...settings.booking,
  accounts,
  sandbox: accounts.mode === 'sandbox',
  line_id: lineIdOf(settings.phoneHash(order.business.phone)),
});
