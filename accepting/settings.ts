import type { Accounts } from '../domain/accounts.ts';
import { lineIdOf } from '../domain/ids.ts';
import type { BookingOrder, BookingSettings, CallingWindow } from '../domain/order.ts';
import { type PublicHolidays, presentWindow } from '../domain/present-window.ts';

/** The settings of an installation that decide on a new booking or are frozen into it. */
export interface AcceptingSettings {
  /** ISO 3166 country codes. Undefined: all countries. */
  allowedCountries?: string[] | undefined;
  /** True when the providers are played on this machine: then clients may be on it as well. */
  providersAreLocal?: boolean | undefined;
  /** Part of the settings that is frozen into each booking's workflow. */
  booking: Omit<BookingSettings, 'line_id' | 'accounts' | 'sandbox'>;
  /** Public holidays on which nobody is called. Undefined: businesses are called on holidays too. */
  holidays?: PublicHolidays | undefined;
  /** Bounds on open bookings, for one key and for one number of that key. Undefined: no bound. */
  openBounds?: { key: number; number: number } | undefined;
  /** Mode and accounts of this process. New bookings belong to them. */
  accounts: Accounts;
  /**
   * Keyed hash of a number. It identifies the number's line and its entry in the do-not-call list. Numbers that ring the same phone
   * share it.
   */
  phoneHash: (phone: string) => string;
  /**
   * Booking id for an owner's Idempotency-Key, always the same. So a repeated request finds its workflow even after an older copy of the
   * database was restored, which does not know the booking.
   */
  bookingIdOf: (owner: string, idempotencyKey: string) => string;
}

/**
 * Settings that the installation adds to the order, the same for a repeated start. `accounts`: those of the booking. They differ from the
 * current ones when a start was lost and the request is repeated later.
 */
export const settingsFor = (
  order: BookingOrder,
  accounts: Accounts,
  settings: Pick<AcceptingSettings, 'booking' | 'holidays' | 'phoneHash'>,
): BookingSettings => ({
  ...settings.booking,
  calling_window: windowFor(order, settings, Date.parse(order.created_at)),
  accounts,
  sandbox: accounts.mode === 'sandbox',
  line_id: lineIdOf(settings.phoneHash(order.business.phone)),
});

/** The calling window for one business; `now` in ms since 1970. */
export const windowFor = (
  order: BookingOrder,
  { booking, holidays }: Pick<AcceptingSettings, 'booking' | 'holidays'>,
  now: number,
): CallingWindow => presentWindow({ callingWindow: booking.calling_window, holidays }, order, now);
