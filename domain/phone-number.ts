import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { inKnownArea } from './new-area-codes.ts';
import { otherSpellings } from './spellings.ts';

/** Heavy (the full metadata of all countries): for the API only, never imported by workflows. */

export type PhoneCheck =
  | { ok: true; number: string; country: CountryCode | undefined; callingCode: string }
  /** `meant`: the most likely number, E.164. */
  | { ok: false; reason: string; meant?: string | undefined };

const FORMAT = 'must be in E.164: +, country code and number, digits only, such as +541143211234';
/** Longer than any written number. */
const MAX_TYPED = 64;
const E164 = /^\+[1-9][0-9]{6,14}$/;

/** Satellite networks and global services: no country, no time zone, and expensive to call. */
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

/** A number in any format, as E.164, and libphonenumber's data for it or for one like it. Undefined: it belongs to no country. */
function read(text: string, country?: CountryCode): { number: string; ext: boolean; known: PhoneNumber } | undefined {
  const parsed = parsePhoneNumberFromString(text, country);
  if (!parsed) return undefined;
  const alike = inKnownArea(parsed.number);
  const known = alike === parsed.number ? parsed : parsePhoneNumberFromString(alike);
  return known && { number: parsed.number, ext: Boolean(parsed.ext), known };
}

/** The most likely meaning, E.164, of a number that may not be dialed as it is written, if it names its country. */
function meantBy(input: string): string | undefined {
  if (input.length > MAX_TYPED) return undefined;
  const bare = input
    .normalize('NFKC')
    .trim()
    .replace(/^tel:/i, '')
    .replace(/^\+?00(?=[1-9])/, '+');
  const typed = read(bare.startsWith('+') ? bare : `+${bare}`);
  if (!typed || typed.ext) return undefined;
  const { number, known } = typed;
  const { countryCallingCode } = known;
  const meanings = [number, ...otherSpellings(countryCallingCode, number.slice(1 + countryCallingCode.length))];
  return meanings.find((meaning) => meaning !== input && isDialable(meaning));
}

const isDialable = (number: string): boolean => judge(number).ok;

/** A number in any format, as E.164; unchanged if it belongs to no country. */
export const e164Of = (text: string): string => parsePhoneNumberFromString(text)?.number ?? text;

/** `+541143211234` → `+54 11 4321 1234`: spreadsheets keep a number with blanks as it is. A text that is not a number stays unchanged. */
export const spacedNumber = (number: string): string =>
  parsePhoneNumberFromString(number)?.formatInternational() ?? number;

/** True for an ISO 3166 country code that has telephone numbers, in capitals. */
export const countryHasNumbers = (country: string): boolean => isSupportedCountry(country);

/** Country of a number in E.164; undefined: no country, or several. */
export const countryOf = (number: string): string | undefined => read(number)?.known.country;

/** The numbers that a text without a country code means in each of these countries, if they may be dialed. */
export function nationalMeanings(typed: string, countries: readonly string[]): string[] {
  if (typed.length > MAX_TYPED || /^\s*(\+|00)/.test(typed)) return [];
  const found = countries.flatMap((country) => {
    if (!isSupportedCountry(country)) return [];
    const parsed = read(typed, country);
    // A text that begins like an international prefix may lead elsewhere.
    return parsed?.known.country === country && !parsed.ext && isDialable(parsed.number) ? [parsed.number] : [];
  });
  return [...new Set<string>(found)];
}

/** A number that is refused for its form alone may mean another one that is not (`misspelt`). */
type Judgement = Extract<PhoneCheck, { ok: true }> | { ok: false; reason: string; misspelt?: true };

/** A request's number is checked several times in a row, and each check searches the plans of all countries. */
let latest: { input: string; judgement: Judgement } | undefined;

function judge(input: string): Judgement {
  if (latest?.input !== input) latest = { input, judgement: judgeAnew(input) };
  return latest.judgement;
}

function judgeAnew(input: string): Judgement {
  const digits = input.replace(/[^0-9]/g, '');
  if (digits.length >= 2 && digits.length <= 6 && /^[\s+0-9().-]*$/.test(input)) {
    return { ok: false, reason: `is an emergency or short number, which is never dialed; it ${FORMAT}` };
  }
  if (!E164.test(input)) return { ok: false, reason: FORMAT, misspelt: true };
  const special = SPECIAL_CODES[input.slice(1, 4)];
  if (special) return { ok: false, reason: `is ${article(special)} ${special} number, which is never dialed` };
  const asRead = read(input);
  if (!asRead) return { ok: false, reason: `is not a number of any country; it ${FORMAT}` };
  const { number, known } = asRead;
  const type = known.getType();
  const kind = type && REFUSED_TYPES[type];
  if (kind) return { ok: false, reason: `is ${article(kind)} ${kind} number, which is never dialed` };
  if (!known.isValid() || !type || number !== input) {
    const where = known.country ?? `country code +${known.countryCallingCode}`;
    return { ok: false, reason: `is not a valid number in ${where}: check its digits`, misspelt: true };
  }
  return { ok: true, number: input, country: known.country, callingCode: known.countryCallingCode };
}

/**
 * Checks that a number may be dialed at all: strictly E.164, valid in its country's plan, and of a kind that an ordinary business has.
 * Never emergency, short, premium-rate, shared-cost or satellite numbers and the like. `reason` continues "business.phone …".
 */
export function checkPhoneNumber(input: string): PhoneCheck {
  const judged = judge(input);
  if (judged.ok) return judged;
  const meant = judged.misspelt && meantBy(input);
  return meant
    ? { ok: false, reason: `${judged.reason}; did you mean ${meant}?`, meant }
    : { ok: false, reason: judged.reason };
}

/**
 * Why a number of this country may not be dialed here; undefined: it may. Without a list all countries are allowed. With one, a number of
 * an unknown country is refused.
 */
export function countryRefusal(
  country: string | undefined,
  allowed: readonly string[] | undefined,
): string | undefined {
  if (!allowed || (country !== undefined && allowed.includes(country))) return undefined;
  return `is in ${country ?? 'no country'}: this installation dials only ${allowed.join(', ') || 'no country'} (ALLOWED_COUNTRIES)`;
}
