import type { Wait as ShownWait, Waiting } from '../../domain/view.ts';
import type { Booking } from '../api/answers.ts';
import type { Words } from '../language/en.ts';
import { wordFor } from '../language/language.ts';
import { clock, dayOf } from '../language/times.ts';
import type { Chapter } from './story.ts';

type Wait = Pick<Extract<Chapter, { kind: 'wait' }>, 'until'> & { why: Waiting['waiting_for'] | ShownWait };
type Spoken = Words & { language: string };

const DAY_MS = 86_400_000;

/** `at 09:00`, `tomorrow at 09:00`, `on Mon, Dec 7 at 09:00`, in the reader's own time zone. */
export function whenWords(words: Spoken, at: string, now: number): string {
  const { today, tomorrow, later } = words.when;
  const time = clock(words.language, at).slice(0, 5);
  const day = new Date(at).toDateString();
  if (day === new Date(now).toDateString()) return today(time);
  if (day === new Date(now + DAY_MS).toDateString()) return tomorrow(time);
  return later(dayOf(words.language, at, now), time);
}

/** Why a booking waits and, where it is known, when it rings. */
export function waitWords(words: Spoken, { why, until }: Wait, order: Booking['order'], now: number): string {
  const { waiting } = words;
  if (until === undefined) return wordFor(waiting, why);
  const when = whenWords(words, until, now);
  if (order?.not_after !== undefined && until >= order.not_after) return waiting.expires(when);
  if (why === 'not_before') return waiting.rings.not_before(when);
  if (why === 'callback') return waiting.rings.callback(when);
  if (why !== 'calling_hours') return `${wordFor(waiting, why)} ${waiting.until(clock(words.language, until))}`;
  return order?.business.opening_hours ? waiting.rings.open(when) : waiting.rings.calling_hours(when);
}

/** The names that events have for a booking's waits, where they differ. */
const IN_EVENTS: Partial<Record<ShownWait, Waiting['waiting_for']>> = {
  hours: 'calling_hours',
  number: 'line_busy',
  place: 'rate_limit',
};

/** Why an open booking waits, as its view says it; undefined: it does not. */
export function waitOf(words: Spoken, booking: Booking, now: number): string | undefined {
  const { outcome, waiting_for, waiting_until } = booking;
  if (outcome || booking.cancel_requested || waiting_for === null) return undefined;
  const why = IN_EVENTS[waiting_for] ?? waiting_for;
  return waitWords(words, { why, until: waiting_until ?? undefined }, booking.order, now);
}
