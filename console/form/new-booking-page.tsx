import rules from 'vocero:form-rules';
import { useQuery } from '@tanstack/preact-query';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { useLocation, useSearch } from 'wouter-preact';
import { PHONE_CHANNELS } from '../../domain/channels.ts';
import type { Booking, Session } from '../api/answers.ts';
import { ApiProblem, ask, tell, Unreachable } from '../api/ask.ts';
import { letterOf } from '../bookings/badges.tsx';
import type { Words } from '../language/en.ts';
import { serverMessage, useWords, wordFor } from '../language/language.ts';
import { Failure } from '../shell/failure.tsx';
import { Page } from '../shell/page.tsx';
import { FilledIn, givenOf } from './again.ts';
import { bodyOf, type Refusal, refusals } from './body.ts';
import { EXAMPLES } from './examples.ts';
import { Field, type FieldProps } from './field.tsx';
import { type Given, readForm } from './given.ts';
import { heldBy, shownAs } from './lists.ts';
import { NumberNote, useNumber } from './number.tsx';
import { internationalOf, isNational } from './phone.ts';
import { PhoneHelp } from './phone-help.tsx';
import { Templates } from './templates.tsx';
import { IN_TIMES, TimesFields } from './times-fields.tsx';

const NUMBERS = ['budget_seconds', 'max_attempts', 'redial_delay_seconds', 'ring_seconds', 'max_call_seconds'] as const;
const TYPING_MS = 400;
const PHONE = 'business.phone';

/** A request that the server may already have received: with the same key a repeat creates no second booking. */
interface Draft {
  key: string;
  body: string;
}

/** The errors that are certain here: a number without its country is for the API, which may know it. */
const certain = (given: Given): Refusal[] =>
  refusals(given, rules).filter(({ field, why }) => field !== PHONE || why !== 'pattern');

/** The field says the same as before: a number that was only written otherwise is the same number. */
function isSame(given: Given, before: Given, name: string): boolean {
  if (name !== PHONE) return heldBy(given, name) === heldBy(before, name);
  return internationalOf(String(given[PHONE] ?? '')) === internationalOf(String(before[PHONE] ?? ''));
}

function reasonOf(words: Words, { field, why }: Refusal): string {
  const { rule } = words.form;
  const { maxLength = 0, minimum = 0, maximum = 0 } = rules[field] ?? {};
  if (why === 'tooLong') return rule.tooLong(maxLength);
  if (why === 'range') return rule.range(minimum, maximum);
  return rule[why];
}

/** It already brought an appointment. */
const isBooked = ({ outcome, review }: Booking): boolean =>
  outcome !== null && !outcome.simulated && (review?.decision ?? outcome).result === 'confirmed';

/** The form for one booking; filled in from an earlier one whose id is in the address (`?from=`, and `copy` for another person). */
export function NewBookingPage({ session }: { session: Session }) {
  const words = useWords();
  const given = new URLSearchParams(useSearch());
  const from = given.get('from');
  const copy = given.has('copy');
  const earlier = useQuery({
    queryKey: ['again', from],
    queryFn: () => ask<Booking>(`/v1/bookings/${encodeURIComponent(from!)}?include=order`),
    enabled: from !== null,
    staleTime: Infinity,
  });
  if (from === null) return <BookingForm session={session} />;
  if (earlier.error) return <Failure error={earlier.error} again={() => earlier.refetch()} />;
  if (!earlier.data) return <p class="loading">{words.loading}</p>;
  return (
    <FilledIn.Provider value={givenOf(earlier.data, copy)}>
      <BookingForm key={`${from} ${copy}`} session={session} earlier={earlier.data} copy={copy} />
    </FilledIn.Provider>
  );
}

interface Filling {
  session: Session;
  /** The booking that the form is filled in from. */
  earlier?: Booking;
  copy?: boolean;
}

function BookingForm({ session, earlier, copy = false }: Filling) {
  const words = useWords();
  const { form: f } = words;
  const [, go] = useLocation();
  const form = useRef<HTMLFormElement>(null);
  const draft = useRef<Draft>();
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const [more, setMore] = useState(false);
  const filledIn = useContext(FilledIn);
  // Rules on days and hours must not come along unseen.
  const [times, setTimes] = useState(Object.keys(filledIn).some((name) => IN_TIMES.test(name)));
  const timer = useRef<ReturnType<typeof setTimeout>>();
  /** The refused value of each refused field: the refusal stays until the value changes. */
  const refused = useRef<Given>({});
  const [meant, setMeant] = useState<readonly string[]>([]);
  const telephone = useNumber();
  /** The number whose open bookings were shown: pressing once more means that it is known. */
  const warned = useRef('');
  const placing = useRef(false);
  /** The form was sent before the number that is meant could be seen. */
  const [unseen, setUnseen] = useState(false);
  useEffect(() => {
    // A form that is filled in has its number already.
    const filled = filledIn[PHONE];
    if (typeof filled === 'string') void telephone.read(filled);
    if (copy) form.current?.querySelector<HTMLElement>('[name="request.user_name"]')?.focus();
  }, []);

  const show = (found: Record<string, string>, given: Given, suggestions: readonly string[] = []) => {
    refused.current = given;
    setMeant(suggestions);
    setProblems(found);
    const fields = Object.keys(found);
    if (fields.some((field) => IN_TIMES.test(field))) setTimes(true);
    if (fields.some((field) => /^(escalation\.(?!callback)|agent|language|callback_url|metadata)/.test(field)))
      setMore(true);
    // After the details element has opened.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  /** Checks the refused fields that have changed again while they are corrected; other fields are not checked while typing. */
  const mend = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setProblems((before) => {
        if (!form.current) return before;
        const given = readForm(form.current);
        const still = certain(given);
        const checked = Object.entries(before).flatMap(([name, problem]) => {
          if (isSame(given, refused.current, name)) return [[name, problem]];
          const again = still.find(({ field }) => field === name);
          return again ? [[name, reasonOf(words, again)]] : [];
        });
        return Object.fromEntries(checked);
      });
    }, TYPING_MS);
  };
  /** Problems that disappear, or a number that appears, would move the button away from under the pointer: the press would be lost. */
  const hold = () => {
    clearTimeout(timer.current);
    telephone.hold();
  };
  const place = async (event: Event) => {
    event.preventDefault();
    if (placing.current) return;
    placing.current = true;
    await send().finally(() => {
      placing.current = false;
    });
  };
  const send = async () => {
    // The latest input is checked here, and not again after the answer has arrived.
    clearTimeout(timer.current);
    const given = readForm(form.current!);
    const early = certain(given);
    setFailure(undefined);
    if (early.length > 0)
      return show(Object.fromEntries(early.map((refusal) => [refusal.field, reasonOf(words, refusal)])), given);
    setBusy(true);
    const typed = String(given[PHONE] ?? '').trim();
    const seen = !isNational(typed) || telephone.shown?.typed === typed;
    const understood = await telephone.read(typed);
    setUnseen(false);
    const body = bodyOf({ ...given, ...(understood?.number && { [PHONE]: understood.number }) }, rules);
    const text = JSON.stringify(body);
    // The answer to it may have been lost: the open booking may be this one.
    const repeated = draft.current?.body === text;
    // A number that was guessed is called only once a person has seen it.
    if (!repeated && understood?.number && !seen && understood.open_bookings.length === 0) {
      setUnseen(true);
      setBusy(false);
      return;
    }
    if (!repeated && understood && understood.open_bookings.length > 0 && warned.current !== understood.number) {
      warned.current = understood.number!;
      setBusy(false);
      form.current?.querySelector<HTMLElement>(`[name="${PHONE}"]`)?.scrollIntoView({ block: 'center' });
      return;
    }
    if (!repeated) draft.current = { key: crypto.randomUUID?.() ?? String(Math.random()), body: text };
    try {
      const booking = await tell<Booking>('POST', '/v1/bookings', body, { 'idempotency-key': draft.current!.key });
      go(`/bookings/${booking.id}`);
    } catch (error) {
      const known = error instanceof ApiProblem ? error.errors : [];
      const suggestions = known.find(({ field }) => field === PHONE)?.suggestions;
      if (known.length > 0)
        show(
          Object.fromEntries(known.map(({ field, message }) => [shownAs(field, given), message])),
          given,
          suggestions,
        );
      else setFailure(error as Error);
    } finally {
      setBusy(false);
    }
  };
  const field = (name: string, label: string, others: Partial<FieldProps> = {}) => (
    <Field
      key={name}
      name={name}
      label={label}
      required={rules[name]?.required}
      problem={problems[name]}
      onInput={mend}
      {...others}
    />
  );
  const number = (channel: string, name: (typeof NUMBERS)[number]) => {
    const full = `escalation.${channel}.${name}`;
    const { minimum, maximum, default: usual } = rules[full] ?? {};
    return field(full, f[name], { type: 'number', min: minimum, max: maximum, initial: usual as number });
  };
  const dial = (number: string) => {
    const phone = form.current?.elements.namedItem(PHONE);
    if (phone instanceof HTMLInputElement) phone.value = number;
    void telephone.read(number);
    mend();
  };
  const take = (number: string) => {
    dial(number);
    setMeant([]);
    setProblems(({ [PHONE]: _taken, ...others }) => others);
    form.current?.querySelector<HTMLElement>(`[name="${PHONE}"]`)?.focus();
  };
  const shown = Object.keys(problems).length;
  const knowsOfOpen = (telephone.shown?.meant.open_bookings.length ?? 0) > 0 && warned.current !== '';
  const unplaced = Object.entries(problems).filter(([name]) => !form.current?.elements.namedItem(name));
  return (
    <Page title={f.title} class="form-page">
      <form ref={form} onSubmit={place} noValidate class="booking-form">
        {!session.sandbox && session.telephony && <p class="note real">{f.real}</p>}
        {earlier && <p class="note">{copy ? words.templates.copyNote : words.templates.againNote}</p>}
        {earlier && !copy && isBooked(earlier) && <p class="note">{words.templates.booked}</p>}
        <div role="alert">
          {shown > 0 && <p class="problem summary">{f.summary(shown)}</p>}
          {unseen && shown === 0 && <p class="note">{f.seeNumber}</p>}
          {unplaced.map(([name, message]) => {
            const told = serverMessage(words, message);
            return (
              <p class="problem" key={name} lang={told.lang}>
                {name}: {told.text}
              </p>
            );
          })}
        </div>
        <fieldset>
          <legend>{f.business}</legend>
          {session.sandbox && (
            <label class="field">
              <span class="label">{f.example}</span>
              <select onChange={(event) => dial(event.currentTarget.value)}>
                <option value="">{f.ownNumber}</option>
                {Object.entries(EXAMPLES).map(([what, number]) => (
                  <option key={what} value={number}>
                    {wordFor(f.examples, what)}
                  </option>
                ))}
              </select>
            </label>
          )}
          {field('business.name', f.name)}
          <div class="pair">
            {field(PHONE, f.phone, {
              type: 'tel',
              hint: f.phoneHint,
              onInput: ({ currentTarget: { value } }) => {
                telephone.typing(value);
                setUnseen(false);
                mend();
              },
              onLeave: (typed) => {
                void telephone.read(typed);
                return internationalOf(typed);
              },
              note: <NumberNote shown={telephone.shown} take={problems[PHONE] === undefined ? take : undefined} />,
              help: <PhoneHelp typed={String(refused.current[PHONE] ?? '')} suggestions={meant} take={take} />,
            })}
            {field('business.timezone', f.zone, { hint: f.zoneHint, list: 'zones' })}
          </div>
          <datalist id="zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </fieldset>
        <fieldset>
          <legend>{f.wish}</legend>
          <div class="pair">
            {field('request.service_type', f.service, { hint: f.serviceHint })}
            {field('request.user_name', f.person)}
          </div>
          <div class="pair">
            {field('request.preferred_date', f.date)}
            {field('request.preferred_time', f.time)}
          </div>
          {field('request.special_requests', f.requests, { lines: 2 })}
          <Templates form={form} prefix="" changed={mend} />
        </fieldset>
        <details open={times} onToggle={(event) => setTimes(event.currentTarget.open)}>
          <summary>{f.times.title}</summary>
          <TimesFields field={field} problems={problems} mend={mend} />
        </details>
        <details open={more} onToggle={(event) => setMore(event.currentTarget.open)}>
          <summary>{f.more}</summary>
          <fieldset>
            <legend>{f.escalation}</legend>
            {PHONE_CHANNELS.map((channel) => (
              <fieldset key={channel} class="policy">
                <legend>
                  {letterOf(channel)} · {wordFor(words.channel, channel)}
                </legend>
                <label class="check">
                  <input
                    type="checkbox"
                    name={`escalation.${channel}.enabled`}
                    defaultChecked={
                      (filledIn[`escalation.${channel}.enabled`] ?? rules[`escalation.${channel}.enabled`]?.default) ===
                      true
                    }
                  />{' '}
                  {f.enabled}
                </label>
                <div class="numbers">{NUMBERS.map((name) => number(channel, name))}</div>
              </fieldset>
            ))}
            <fieldset class="policy">
              <legend>
                {letterOf('simulation')} · {words.channel.simulation}
              </legend>
              <label class="check">
                <input
                  type="checkbox"
                  name="escalation.simulation.enabled"
                  defaultChecked={filledIn['escalation.simulation.enabled'] !== false}
                />{' '}
                {f.enabled}
              </label>
              {field('escalation.simulation.scenario', f.scenario, { hint: f.scenarioHint })}
            </fieldset>
          </fieldset>
          <fieldset>
            <legend>{f.others}</legend>
            <div class="pair">
              {field('language', f.language, { hint: f.languageHint })}
              {field('callback_url', f.callback, { type: 'url', hint: f.callbackHint })}
            </div>
            {field('agent.prompt', f.prompt, { lines: 3, hint: f.agentHint })}
            {field('agent.first_message', f.first, { lines: 2, hint: f.agentHint })}
            {field('metadata', f.metadata, { lines: 2, hint: f.metadataHint })}
          </fieldset>
        </details>
        {failure instanceof Unreachable && (
          <p class="problem" role="alert">
            {f.lost}
          </p>
        )}
        {failure && !(failure instanceof Unreachable) && <Failure error={failure} />}
        <button type="submit" class="main" disabled={busy} onPointerDown={hold}>
          {busy ? f.going : knowsOfOpen ? f.goAnyway : f.go}
        </button>
      </form>
    </Page>
  );
}
