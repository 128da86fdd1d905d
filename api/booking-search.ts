import { e164Of } from '../domain/phone-number.ts';
import type { BookingSearch } from '../records/ports/bookings.ts';

/** Reads a search text: a booking id, a phone number in any notation, or a name. */
export function bookingSearch(
  typed: string | undefined,
  phoneHashes: (phone: string) => string[],
): BookingSearch | undefined {
  const text = typed?.trim() ?? '';
  if (text === '') return undefined;
  if (/^bk_/i.test(text)) return { id_prefix: text.toLowerCase() };
  // A query string turns an unescaped plus sign into a space.
  if (/^(\+|00)?[\d\s().-]{7,30}$/.test(text)) {
    return { phone_hashes: phoneHashes(e164Of(`+${text.replace(/\D/g, '').replace(/^00/, '')}`)) };
  }
  return { name: text };
}
