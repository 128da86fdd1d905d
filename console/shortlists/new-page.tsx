import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import type { Session, Shortlist } from '../api/answers.ts';
import { ApiProblem, tell, Unreachable } from '../api/ask.ts';
import { readNumber } from '../api/operating.ts';
import { Entries } from '../form/entries.tsx';
import { Field, type FieldProps } from '../form/field.tsx';
import { type Given, readForm } from '../form/given.ts';
import { PhoneField } from '../form/phone-field.tsx';
import { Templates } from '../form/templates.tsx';
import { AcceptableFields } from '../form/times-fields.tsx';
import { serverMessage, useWords } from '../language/language.ts';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';
import { shortlistBody, shortlistField } from './body.ts';

const PHONE = /^candidates\.\d+\.business\.phone$/;

/** Each number as the API understands it; unchanged where it does not. */
async function withNumbers(given: Given): Promise<Given> {
  const read = Object.entries(given).map(async ([name, value]): Promise<[string, string | boolean]> => {
    if (!PHONE.test(name) || typeof value !== 'string' || value.trim() === '') return [name, value];
    const meant = await readNumber(value.trim()).catch(() => undefined);
    return [name, meant?.number ?? value];
  });
  return Object.fromEntries(await Promise.all(read));
}

/** The form for a shortlist; the API checks it. */
export function NewShortlistPage({ session }: { session: Session }) {
  const words = useWords();
  const { form: f, shortlists: s } = words;
  const [, go] = useLocation();
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef<{ key: string; body: string }>();
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<Error>();
  const [busy, setBusy] = useState(false);

  const start = async (event: Event) => {
    event.preventDefault();
    const given = readForm(form.current!);
    setBusy(true);
    const body = shortlistBody(await withNumbers(given));
    const text = JSON.stringify(body);
    if (sent.current?.body !== text) sent.current = { key: crypto.randomUUID?.() ?? String(Math.random()), body: text };
    setFailure(undefined);
    setProblems({});
    try {
      const { id } = await tell<Shortlist>('POST', '/v1/shortlists', body, { 'idempotency-key': sent.current.key });
      go(`/shortlists/${id}`);
    } catch (error) {
      const known = error instanceof ApiProblem ? error.errors : [];
      if (known.length === 0) setFailure(error as Error);
      setProblems(Object.fromEntries(known.map(({ field, message }) => [shortlistField(field, given), message])));
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    } finally {
      setBusy(false);
    }
  };
  const field = (name: string, label: string, others: Partial<FieldProps> = {}) => (
    <Field key={name} name={name} label={label} problem={problems[name]} {...others} />
  );
  const shown = Object.keys(problems).length;
  const unplaced = Object.entries(problems).filter(([name]) => !form.current?.elements.namedItem(name));
  return (
    <Page title={s.fresh} class="form-page">
      <p>{s.intro}</p>
      <form ref={form} onSubmit={start} noValidate class="booking-form">
        {!session.sandbox && session.telephony && <p class="note real">{f.real}</p>}
        <div role="alert">
          {shown > 0 && <p class="problem summary">{f.summary(shown)}</p>}
          {unplaced.map(([name, message]) => {
            const told = serverMessage(words, message);
            return (
              <p class="problem" key={name} lang={told.lang}>
                {name}: {told.text}
              </p>
            );
          })}
        </div>
        <Entries
          name="candidates"
          label={s.candidates}
          hint={s.candidatesHint}
          add={s.addCandidate}
          problem={problems.candidates}
        >
          {(prefix) => (
            <>
              {field(`${prefix}.business.name`, f.name, { required: true })}
              <PhoneField
                name={`${prefix}.business.phone`}
                label={f.phone}
                problem={problems[`${prefix}.business.phone`]}
                required
              />
            </>
          )}
        </Entries>
        <fieldset>
          <legend>{f.wish}</legend>
          <div class="pair">
            {field('request.service_type', f.service, { hint: f.serviceHint, required: true })}
            {field('request.user_name', f.person, { required: true })}
          </div>
          <div class="pair">
            {field('request.preferred_date', f.date)}
            {field('request.preferred_time', f.time)}
          </div>
          {field('request.special_requests', f.requests, { lines: 2 })}
          <div class="pair">
            {field('language', f.language, { hint: f.languageHint })}
            {field('decide_by', s.decideBy, { type: 'datetime-local', hint: s.decideByHint })}
          </div>
          <Templates form={form} prefix="" changed={() => {}} />
        </fieldset>
        <details open={Object.keys(problems).some((name) => name.startsWith('request.acceptable')) || undefined}>
          <summary>{f.times.title}</summary>
          <AcceptableFields field={field} problems={problems} mend={() => {}} />
        </details>
        {failure instanceof Unreachable && (
          <p class="problem" role="alert">
            {s.lost}
          </p>
        )}
        {failure && !(failure instanceof Unreachable) && <Failure error={failure} />}
        <button type="submit" class="main" disabled={busy}>
          {busy ? f.going : s.go}
        </button>
      </form>
    </Page>
  );
}
