import countries from 'vocero:countries';
import { useWords } from '../language/language.ts';
import { isNational, namedCountries, withCountry } from './phone.ts';

/** Help for a refused number: accept a suggestion, or choose its country. */
export function PhoneHelp({
  typed,
  suggestions,
  take,
}: {
  typed: string;
  suggestions: readonly string[];
  take: (number: string) => void;
}) {
  const { form: f, language } = useWords();
  const national = isNational(typed);
  if (suggestions.length === 0 && !national) return null;
  return (
    <div class="phone-help">
      {suggestions.map((number) => (
        <button type="button" key={number} onClick={() => take(number)}>
          {f.takeNumber(number)}
        </button>
      ))}
      {national && (
        <label class="field">
          <span class="label">{f.country}</span>
          <select onChange={({ currentTarget: { value } }) => value && take(withCountry(typed, value, countries))}>
            <option value="">{f.chooseCountry}</option>
            {namedCountries(countries, language, navigator.languages).map(({ country, name, code }) => (
              <option key={country} value={country}>
                {name} (+{code})
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
