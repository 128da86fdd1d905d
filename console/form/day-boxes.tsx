import { WEEKDAYS } from '../../domain/weekday.ts';
import { serverMessage, useWords } from '../language/language.ts';
import { weekday } from '../language/times.ts';

interface Props {
  name: string;
  label: string;
  problem: string | undefined;
  onInput: () => void;
}

/** A box for each day of the week; the problem is that of the group. */
export function DayBoxes({ name, label, problem, onInput }: Props) {
  const words = useWords();
  const told = problem ? serverMessage(words, problem) : undefined;
  const id = `field-${name}-problem`;
  return (
    <fieldset name={name} class={`field days ${told ? 'refused' : ''}`}>
      <legend class="label">{label}</legend>
      <div class="boxes">
        {WEEKDAYS.map((each) => (
          <label key={each} class="check">
            <input
              type="checkbox"
              name={`${name}.${each}`}
              aria-invalid={told !== undefined}
              aria-describedby={told && id}
              onInput={onInput}
            />{' '}
            {weekday(words.language, each)}
          </label>
        ))}
      </div>
      {told && (
        <p class="problem" id={id} lang={told.lang}>
          {told.text}
        </p>
      )}
    </fieldset>
  );
}
