import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Heavy (the full metadata of all countries): for the API only, never imported by workflows. */

export type PhoneCheck =
  | { ok: true; number: string; country: CountryCode | undefined; callingCode: string }
  | { ok: false; reason: string };

const FORMAT = 'must be in E.164: +, country code and number, digits only, such as +541143211234';
const E164 = /^\+[1-9][0-9]{6,14}$/;

/** Satellite networks and global services: no country, no time zone, and dear to call. */
const SPECIAL_CODES: Record<string, string> = {
  '870': 'satellite (Inmarsat)',
  '878': 'universal personal',
  '881': 'satellite',
  '882': 'international network',
  '883': 'international network',
  '888': 'disaster relief',
  '979': 'international premium-rate',
  '808': 'international shared-cost',
};

const REFUSED_TYPES: Partial<Record<NonNullable<ReturnType<PhoneNumber['getType']>>, string>> = {
  PREMIUM_RATE: 'premium-rate',
  SHARED_COST: 'shared-cost',
  UAN: 'universal access (UAN)',
  PAGER: 'pager',
  PERSONAL_NUMBER: 'personal',
  VOICEMAIL: 'voicemail access',
};

const article = (kind: string): string => (/^[aeio]/i.test(kind) ? 'an' : 'a');

const refused = (reason: string): PhoneCheck => ({ ok: false, reason });

/** The E.164 form that a number in another format most likely means, when it says its country. */
function guess(input: string): string | undefined {
  const bare = input
    .normalize('NFKC')
    .trim()
    .replace(/^tel:/i, '')
    .replace(/^00(?=[1-9])/, '+');
  const parsed = parsePhoneNumberFromString(bare.startsWith('+') ? bare : `+${bare}`);
  return parsed?.isValid() && E164.test(parsed.number) && !parsed.ext ? parsed.number : undefined;
}

/**
 * Whether a number may be dialed at all: strictly E.164, valid in its country's plan, and of a kind that an ordinary
 * business has. Never emergency, short, premium-rate, shared-cost, satellite and the like. `reason` completes
 * "business.phone …".
 */
export function checkPhoneNumber(input: string): PhoneCheck {
  const digits = input.replace(/[^0-9]/g, '');
  if (digits.length >= 2 && digits.length <= 6 && /^[\s+0-9().-]*$/.test(input)) {
    return refused(`is an emergency or short number, which is never dialed; it ${FORMAT}`);
  }
  if (!E164.test(input)) {
    const meant = input.length <= 64 ? guess(input) : undefined;
    return refused(meant ? `${FORMAT}; did you mean ${meant}?` : FORMAT);
  }
  const special = SPECIAL_CODES[input.slice(1, 4)];
  if (special) return refused(`is ${article(special)} ${special} number, which is never dialed`);
  const parsed = parsePhoneNumberFromString(input);
  if (!parsed) return refused(`is not a number of any country; it ${FORMAT}`);
  const type = parsed.getType();
  const kind = type && REFUSED_TYPES[type];
  if (kind) return refused(`is ${article(kind)} ${kind} number, which is never dialed`);
  if (!parsed.isValid() || !type || parsed.number !== input) {
    const where = parsed.country ?? `country code +${parsed.countryCallingCode}`;
    return refused(`is not a valid number in ${where}: check its digits`);
  }
  return { ok: true, number: input, country: parsed.country, callingCode: parsed.countryCallingCode };
}

/**
 * Why a number of this country may not be dialed here, or undefined. Without a list all countries are allowed; with
 * one, a number whose country is unknown is refused.
 */
export function countryRefusal(
  country: string | undefined,
  allowed: readonly string[] | undefined,
): string | undefined {
  if (!allowed || (country !== undefined && allowed.includes(country))) return undefined;
  return `is in ${country ?? 'no country'}: this installation dials only ${allowed.join(', ') || 'no country'} (ALLOWED_COUNTRIES)`;
}
