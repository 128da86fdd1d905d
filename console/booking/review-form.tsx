import { useRef, useState } from 'preact/hooks';
import { DECISIONS } from '../../domain/review.ts';
import type { Booking } from '../api/answers.ts';
import { ApiProblem, tell } from '../api/ask.ts';
import { Field } from '../form/field.tsx';
import { useWords, wordFor } from '../language/language.ts';
import { Failure } from '../shell/failure.tsx';
import type { Heard } from './heard.ts';

const NAME = 'vocero-name';

interface Settling {
  booking: Booking;
  /** Its day and time fill the form. */
  heard: Heard;
  /** The name of the operator's key; undefined: the form asks for one. */
  name: string | undefined;
  done: () => Promise<unknown>;
}

/** The form for an operator's review. */
export function ReviewForm({ booking, heard, name, done }: Settling) {
  const words = useWords();
  const form = useRef<HTMLFormElement>(null);
  const [result, setResult] = useState('');
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<Error>();
  const [busy, setBusy] = useState(false);

  const settle = async (event: Event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(form.current!)) as Record<string, string>;
    const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    setBusy(true);
    setFailure(undefined);
    setProblems({});
    try {
      await tell('POST', `/v1/bookings/${booking.id}/review`, body);
      if (given.by) localStorage.setItem(NAME, given.by);
      await done();
    } catch (error) {
      const known = error instanceof ApiProblem ? error.errors : [];
      setProblems(Object.fromEntries(known.map(({ field, message }) => [field, message])));
      if (known.length === 0) setFailure(error as Error);
      else form.current?.querySelector<HTMLElement>(`[name="${known[0]!.field}"]`)?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form ref={form} onSubmit={settle} noValidate autocomplete="off" class="review">
      <p>{words.review.why}</p>
      <label class={`field ${problems.result ? 'refused' : ''}`}>
        <span class="label">
          {words.review.result}
          <span class="required"> {words.form.required}</span>
        </span>
        <select
          name="result"
          value={result}
          aria-required
          aria-invalid={problems.result !== undefined}
          onChange={(event) => setResult(event.currentTarget.value)}
        >
          {/* No default: the operator has to choose. */}
          <option value="">{words.review.choose}</option>
          {DECISIONS.map((one) => (
            <option key={one} value={one}>
              {wordFor(words.result, one)}
            </option>
          ))}
        </select>
        {problems.result && <span class="problem">{words.review.choose}</span>}
      </label>
      {result === 'confirmed' && (
        <div class="pair">
          <Field
            key={`date ${heard.date}`}
            name="confirmed_date"
            label={words.review.date}
            type="date"
            initial={heard.date}
            hint={heard.date && words.review.heard}
            problem={problems.confirmed_date}
          />
          <Field
            key={`time ${heard.time}`}
            name="confirmed_time"
            label={words.review.time}
            type="time"
            initial={heard.time}
            hint={heard.time && words.review.heard}
            problem={problems.confirmed_time}
          />
        </div>
      )}
      <Field name="notes" label={words.review.notes} lines={3} problem={problems.notes} />
      {name === undefined ? (
        <Field
          name="by"
          label={words.review.by}
          initial={localStorage.getItem(NAME) ?? ''}
          problem={problems.by}
          required
        />
      ) : (
        <p class="small">{words.review.signedAs(name)}</p>
      )}
      {failure && <Failure error={failure} />}
      <button type="submit" class="main" disabled={busy}>
        {words.review.go}
      </button>
    </form>
  );
}
