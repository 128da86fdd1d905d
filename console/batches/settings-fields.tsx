import countries from 'vocero:countries';
import type { ComponentChildren, RefObject } from 'preact';
import { ChoiceField } from '../form/choice.tsx';
import type { FieldProps } from '../form/field.tsx';
import { namedCountries } from '../form/phone.ts';
import { Templates } from '../form/templates.tsx';
import { useWords } from '../language/language.ts';
import { DEFAULTS } from './settings.ts';

interface Props {
  form: RefObject<HTMLFormElement>;
  field: (name: string, label: string, others?: Partial<FieldProps>) => ComponentChildren;
  changed: () => void;
}

/** The settings of a batch in plain words. */
export function SettingsFields({ form, field, changed }: Props) {
  const { form: f, batches, language } = useWords();
  const { settings: s } = batches;
  return (
    <>
      {field('name', s.name)}
      <fieldset>
        <legend>{s.wish}</legend>
        <p class="hint">{s.wishHint}</p>
        <div class="pair">
          {field(`${DEFAULTS}service_type`, f.service, { hint: f.serviceHint })}
          {field(`${DEFAULTS}user_name`, f.person)}
        </div>
        <div class="pair">
          {field(`${DEFAULTS}preferred_date`, f.date)}
          {field(`${DEFAULTS}preferred_time`, f.time)}
        </div>
        {field(`${DEFAULTS}special_requests`, f.requests, { lines: 2 })}
        <div class="pair">
          {field('defaults.language', f.language, { hint: f.languageHint })}
          <ChoiceField
            name="default_country"
            label={s.country}
            words={Object.fromEntries(
              namedCountries(countries, language, navigator.languages).map(({ country, name, code }) => [
                country,
                `${name} (+${code})`,
              ]),
            )}
            onInput={changed}
          >
            <option value="">{s.noCountry}</option>
          </ChoiceField>
        </div>
        <Templates form={form} prefix="defaults." changed={changed} />
      </fieldset>
      <fieldset>
        <legend>{s.when}</legend>
        <div class="pair">
          {field('not_before', s.notBefore, { type: 'datetime-local', hint: s.clock })}
          {field('not_after', s.notAfter, { type: 'datetime-local', hint: s.untilHint })}
        </div>
        <div class="pair">
          {field('max_concurrent', s.atOnce, { type: 'number', min: 1, max: 100, initial: 5 })}
          <ChoiceField name="start" label={s.start} words={s.startChoice} onInput={changed} />
        </div>
      </fieldset>
      <fieldset>
        <legend>{s.trouble}</legend>
        <div class="pair">
          <ChoiceField name="on_invalid" label={s.onInvalid} words={s.invalidChoice} onInput={changed} />
          <ChoiceField name="duplicates" label={s.duplicates} words={s.duplicateChoice} onInput={changed} />
        </div>
        <label class="check">
          <input type="checkbox" name="stop_after_failures" onInput={changed} /> {s.stop}
        </label>
        <div class="pair">
          {field('stop_after_failures.share', s.share, { type: 'number', min: 1, max: 100, initial: 50 })}
          {field('stop_after_failures.of_last', s.ofLast, { type: 'number', min: 1, max: 1_000, initial: 20 })}
        </div>
      </fieldset>
    </>
  );
}
