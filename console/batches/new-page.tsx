import { useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import type { Batch, Session } from '../api/answers.ts';
import { ApiProblem, sendForm, Unreachable } from '../api/ask.ts';
import { Field, type FieldProps } from '../form/field.tsx';
import { readForm } from '../form/given.ts';
import { serverMessage, useWords } from '../language/language.ts';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';
import { CheckResult } from './check-result.tsx';
import { DropZone, type Table } from './drop-zone.tsx';
import { settingsOf } from './settings.ts';
import { SettingsFields } from './settings-fields.tsx';
import { checkOf, draftOf, formOf, useCheck } from './use-check.ts';
import { obstacles } from './verdict.ts';

const TYPING_MS = 400;
/** The form's settings before anything was typed. */
const AT_FIRST = { max_concurrent: 5, on_invalid: 'reject', duplicates: 'reject', start: 'now' };

const policiesOf = ({ on_invalid, duplicates }: Record<string, unknown>) => ({
  on_invalid: String(on_invalid ?? ''),
  duplicates: String(duplicates ?? ''),
});

/** Imports a table, shows its check, and starts exactly what was checked. */
export function NewBatchPage({ session }: { session: Session }) {
  const words = useWords();
  const { batches, form: f } = words;
  const [, go] = useLocation();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const sent = useRef<{ key: string; draft: string }>();
  const [table, setTable] = useState<Table>();
  const [settings, setSettings] = useState<Record<string, unknown>>(AT_FIRST);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const { checked, fresh, again } = useCheck(table, settings);

  const read = () => {
    clearTimeout(timer.current);
    const now = settingsOf(readForm(form.current!));
    setSettings(now);
    return now;
  };
  const changed = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(read, TYPING_MS);
  };
  const check = checked?.check;
  const stops = useMemo(() => (check ? obstacles(check, policiesOf(settings)) : []), [check, settings]);
  const refused = checked?.refused ?? [];
  const problems = Object.fromEntries(refused.map(({ field, message }) => [field, message]));
  const unplaced = refused.filter(({ field }) => !form.current?.elements.namedItem(field));

  const start = async (event: Event) => {
    event.preventDefault();
    const now = read();
    setFailure(undefined);
    if (!table || !check) return;
    const draft = draftOf(table, now);
    setBusy(true);
    // Settings that were typed a moment ago: only if the rows to be booked are still those that were shown.
    const seen = checked?.draft === draft ? check : (await checkOf(table, now)).check;
    setBusy(false);
    if (seen?.check !== check.check || obstacles(seen, policiesOf(now)).length > 0) return;
    if (sent.current?.draft !== draft) sent.current = { key: crypto.randomUUID?.() ?? String(Math.random()), draft };
    setBusy(true);
    try {
      const batch = await sendForm<Batch>('/v1/batches', formOf(table, now, check.check), {
        'idempotency-key': sent.current.key,
      });
      go(`/batches/${batch.id}`);
    } catch (error) {
      setFailure(error as Error);
      // Refused after all: the check says why.
      if (error instanceof ApiProblem) void again();
    } finally {
      setBusy(false);
    }
  };
  const field = (name: string, label: string, others: Partial<FieldProps> = {}) => (
    <Field key={name} name={name} label={label} problem={problems[name]} onInput={changed} {...others} />
  );
  const how = settings.start === 'held' ? 'held' : 'now';
  return (
    <Page title={batches.fresh} class="form-page">
      <p>{batches.intro}</p>
      <form ref={form} onSubmit={start} noValidate class="booking-form batch-form">
        {!session.sandbox && session.telephony && <p class="note real">{f.real}</p>}
        <DropZone table={table} take={setTable} />
        <section aria-labelledby={table && 'check-title'} aria-busy={table && !fresh} class="check-result">
          {table && <h2 id="check-title">{batches.check.title}</h2>}
          <div role="status">{table && !fresh && <p>{batches.check.running}</p>}</div>
          {table && check && <CheckResult key={checked.draft} check={check} stops={stops} />}
          {refused.length > 0 && <p class="problem">{batches.check.settings}</p>}
          {unplaced.map(({ field: name, message }) => {
            const told = serverMessage(words, message);
            return (
              <p class="problem" key={name} lang={told.lang}>
                {name}: {told.text}
              </p>
            );
          })}
          {checked?.failure && <Failure error={checked.failure} again={again} />}
        </section>
        <fieldset class="settings">
          <legend>{batches.settings.title}</legend>
          <SettingsFields form={form} field={field} changed={changed} />
        </fieldset>
        {failure instanceof Unreachable && (
          <p class="problem" role="alert">
            {batches.lost}
          </p>
        )}
        {failure && !(failure instanceof Unreachable) && <Failure error={failure} />}
        {stops.length > 0 && <p class="small">{batches.stopped}</p>}
        <button type="submit" class="main" disabled={busy || !fresh || !check || stops.length > 0}>
          {busy ? batches.going : batches.go[how]}
        </button>
      </form>
    </Page>
  );
}
