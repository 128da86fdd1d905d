import rules from 'vocero:form-rules';
import type { ComponentChildren } from 'preact';
import { useWords } from '../language/language.ts';
import { DayBoxes } from './day-boxes.tsx';
import { Entries } from './entries.tsx';
import type { FieldProps } from './field.tsx';
import { DATES, OPENING_HOURS, TIMES } from './lists.ts';

const WEEKDAYS = 'request.acceptable.weekdays';

/** Fields of this section, by the names of the API's errors. */
export const IN_TIMES = /^(business\.opening_hours|request\.acceptable|not_before|not_after|escalation\.callback)\b/;

interface Props {
  field: (name: string, label: string, others?: Partial<FieldProps>) => ComponentChildren;
  problems: Record<string, string>;
  mend: () => void;
}

/** When the business may be called, and which appointments may be taken. */
export function TimesFields({ field, problems, mend }: Props) {
  const { times: t } = useWords().form;
  const period = (prefix: string, type: 'date' | 'time') => (
    <>
      {field(`${prefix}.from`, type === 'date' ? t.firstDay : t.from, { type })}
      {field(`${prefix}.to`, type === 'date' ? t.lastDay : t.to, { type })}
    </>
  );
  const days = (name: string, label: string) => (
    <DayBoxes name={name} label={label} problem={problems[name]} onInput={mend} />
  );
  const number = (name: 'max_callbacks' | 'within_hours') => {
    const full = `escalation.callback.${name}`;
    const { minimum, maximum, default: usual } = rules[full] ?? {};
    return field(full, t[name], { type: 'number', min: minimum, max: maximum, initial: usual as number });
  };
  return (
    <>
      <fieldset>
        <legend>{t.when}</legend>
        <div class="pair">
          {field('not_before', t.notBefore, { type: 'datetime-local', hint: t.notBeforeHint })}
          {field('not_after', t.notAfter, { type: 'datetime-local', hint: t.notAfterHint })}
        </div>
        <Entries
          name={OPENING_HOURS}
          label={t.opening}
          hint={t.openingHint}
          add={t.addHours}
          problem={problems[OPENING_HOURS]}
        >
          {(prefix) => (
            <>
              {days(`${prefix}.days`, t.days)}
              {period(prefix, 'time')}
            </>
          )}
        </Entries>
      </fieldset>
      <fieldset>
        <legend>{t.acceptable}</legend>
        <p class="hint">{t.acceptableHint}</p>
        <Entries name={DATES} label={t.dates} hint={t.datesHint} add={t.addDates} problem={problems[DATES]}>
          {(prefix) => period(prefix, 'date')}
        </Entries>
        {days(WEEKDAYS, t.weekdays)}
        <Entries name={TIMES} label={t.starts} hint={t.startsHint} add={t.addHours} problem={problems[TIMES]}>
          {(prefix) => period(prefix, 'time')}
        </Entries>
      </fieldset>
      <fieldset class="policy">
        <legend>{t.callback}</legend>
        <label class="check">
          <input type="checkbox" name="escalation.callback.enabled" defaultChecked /> {t.callThen}
        </label>
        <div class="numbers">
          {number('max_callbacks')}
          {number('within_hours')}
        </div>
      </fieldset>
    </>
  );
}
