import { type CountryCode, getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js/max';

/** The package's types know only the plan's lengths and prefixes for international calls. */
interface Plan {
  nationalPrefix(): string | undefined;
}

/** Calling code and national prefix (`''`: none) of each country, by ISO 3166 code. */
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
