import { checkPhoneNumber, nationalMeanings } from '../domain/phone-number.ts';
import type { ApiSettings } from './deps.ts';
import { type FieldError, invalid, type Problem } from './problem.ts';

const FIELD = 'business.phone';
const MAX_SUGGESTIONS = 3;

/** Countries in a browser's `Accept-Language` (`es-AR, en;q=0.8`), most wanted first. */
const countriesOf = (acceptLanguage: string | undefined): string[] =>
  [...(acceptLanguage ?? '').slice(0, 200).matchAll(/\b[a-z]{2,3}(?:-[A-Z][a-z]{3})?-([A-Z]{2})\b/g)].map(
    ([, country]) => country!,
  );

/**
 * Numbers that somebody may have meant by one that is not E.164: read by its own country code or, without one, in the countries of the
 * client's languages, of our caller number, and of the allowed destinations. They are suggestions; none is dialed.
 */
export function numbersMeant(
  typed: string,
  { homeCountry, allowedCountries }: Pick<ApiSettings, 'homeCountry' | 'allowedCountries'>,
  acceptLanguage: string | undefined,
): string[] {
  const checked = checkPhoneNumber(typed);
  if (checked.ok) return [];
  if (checked.meant) return [checked.meant];
  const likely = [...countriesOf(acceptLanguage), ...(homeCountry ? [homeCountry] : []), ...(allowedCountries ?? [])];
  const countries = likely.filter((country) => allowedCountries?.includes(country) ?? true);
  return nationalMeanings(typed, countries).slice(0, MAX_SUGGESTIONS);
}

/** The refusal, with suggestions where it is about the number and there are any. */
export function withSuggestions(
  problem: Problem,
  body: unknown,
  settings: Pick<ApiSettings, 'homeCountry' | 'allowedCountries'>,
  acceptLanguage: string | undefined,
): Problem {
  const typed = (body as { business?: { phone?: unknown } } | null | undefined)?.business?.phone;
  if (typeof typed !== 'string' || !problem.errors?.some(({ field }) => field === FIELD)) return problem;
  const suggestions = numbersMeant(typed, settings, acceptLanguage);
  if (suggestions.length === 0) return problem;
  const told = ({ message }: FieldError): string =>
    message.includes('did you mean') ? message : `${message}; did you mean ${suggestions.join(' or ')}?`;
  return invalid(
    problem.errors.map((error) => (error.field === FIELD ? { ...error, message: told(error), suggestions } : error)),
  );
}
