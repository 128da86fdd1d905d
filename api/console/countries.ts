import { type CountryCode, getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js/max';

/** Its types know the plan's lengths and prefixes for abroad only. */
interface Plan {
  nationalPrefix(): string | undefined;
}

/** For each country its calling code and the prefix of its numbers at home (`''`: none), by ISO 3166 code. */
export function dialingCountries(): Record<string, [callingCode: string, nationalPrefix: string]> {
  const metadata = new Metadata();
  const prefixOf = (country: CountryCode): string => {
    metadata.selectNumberingPlan(country);
    return (metadata.numberingPlan as unknown as Plan | undefined)?.nationalPrefix() ?? '';
  };
  return Object.fromEntries(
    getCountries().map((country) => [country, [getCountryCallingCode(country), prefixOf(country)]]),
  );
}
