import { checkPhoneNumber, e164Of } from '../domain/phone-number.ts';
import type { BookingSearch } from '../records/ports/bookings.ts';
import type { ApiSettings } from './deps.ts';
import { numbersMeant } from './number-suggestions.ts';

/** A number, or a part of one, as people write it. */
const NUMBER = /^(\+|00)?[\d\s()./-]{3,30}$/;
/** Fewer digits are found in too many numbers: they are looked for as any other text is. */
const FEWEST_DIGITS = 3;

type Settings = Pick<ApiSettings, 'phoneHashes' | 'homeCountry' | 'allowedCountries'>;

/** Reads a search text: a booking id, a phone number or a part of one in any notation, or words. */
export function bookingSearch(
  typed: string | undefined,
  settings: Settings,
  acceptLanguage: string | undefined,
): BookingSearch | undefined {
  const text = typed?.trim() ?? '';
  if (text === '') return undefined;
  if (/^bk_/i.test(text)) return { id_prefix: text.toLowerCase() };
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  if (!NUMBER.test(text) || digits.length < FEWEST_DIGITS) return { text };
  // A query string turns an unescaped plus sign into a space.
  const whole = e164Of(`+${text.replace(/\D/g, '').replace(/^00/, '')}`);
  const meant = [whole, ...numbersMeant(text, settings, acceptLanguage)];
  const phone_hashes = [...new Set(meant.flatMap(settings.phoneHashes))];
  // A number with its country is a part of no other.
  const isWhole = /^(\+|00)/.test(text) && checkPhoneNumber(whole).ok;
  return isWhole ? { phone_hashes } : { phone_hashes, digits };
}
