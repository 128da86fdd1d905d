/** Characters that people write between the digits of a number. */
const BETWEEN = /[\s\u00a0().\-\u2010-\u2015\u2212/]/g;

/** A number with its country code in the API's format; anything else unchanged. */
export function internationalOf(typed: string): string {
  const bare = typed.normalize('NFKC').trim();
  const compact = bare.replace(BETWEEN, '');
  return /^\+\d+$/.test(compact) ? compact : bare;
}

/** Whether a number lacks a country code. */
export const isNational = (typed: string): boolean => {
  const compact = typed.normalize('NFKC').replace(BETWEEN, '');
  return /^\d{5,}$/.test(compact) && !compact.startsWith('00');
};

export type Countries = Record<string, [callingCode: string, nationalPrefix: string]>;

/** A national number with its country code, without the national prefix. */
export function withCountry(typed: string, country: string, countries: Countries): string {
  const [code, prefix] = countries[country]!;
  const digits = typed.normalize('NFKC').replace(/\D/g, '');
  return `+${code}${prefix !== '' && digits.startsWith(prefix) ? digits.slice(prefix.length) : digits}`;
}

/** The countries by name in this language, those of the browser's languages first. */
export function namedCountries(
  countries: Countries,
  language: string,
  browser: readonly string[],
): { country: string; name: string; code: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const near = browser.flatMap((tag) => new Intl.Locale(tag).region ?? []);
  const rank = (country: string): number => (near.includes(country) ? near.indexOf(country) : near.length);
  return Object.entries(countries)
    .map(([country, [code]]) => ({ country, name: names.of(country) ?? country, code }))
    .toSorted((a, b) => rank(a.country) - rank(b.country) || a.name.localeCompare(b.name, language));
}
