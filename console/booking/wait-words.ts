import type { Booking } from '../api/answers.ts';
import type { Words } from '../language/en.ts';
import { wordFor } from '../language/language.ts';
import { clock, dayOf } from '../language/times.ts';
import type { Chapter } from './story.ts';

type Wait = Extract<Chapter, { kind: 'wait' }>;
type Spoken = Words & { language: string };

const DAY_MS = 86_400_000;

/** `at 09:00`, `tomorrow at 09:00`, `on Mon, Dec 7 at 09:00`, in the reader's own time zone. */
export function whenWords(words: Spoken, at: string, now: number): string {
  const { today, tomorrow, later } = words.when;
  const time = clock(words.language, at).slice(0, 5);
  const day = new Date(at).toDateString();
  if (day === new Date(now).toDateString()) return today(time);
  if (day === new Date(now + DAY_MS).toDateString()) return tomorrow(time);
  return later(dayOf(words.language, at), time);
}

/** Why a booking waits and, where it is known, when it rings. */
export function waitWords(words: Spoken, { why, until }: Wait, order: Booking['order'], now: number): string {
  const { waiting } = words;
  if (until === undefined) return wordFor(waiting, why);
  const when = whenWords(words, until, now);
  if (order?.not_after !== undefined && until >= order.not_after) return waiting.expires(when);
  if (why === 'not_before') return waiting.rings.not_before(when);
  if (why !== 'calling_hours') return `${wordFor(waiting, why)} ${waiting.until(clock(words.language, until))}`;
  return order?.business.opening_hours ? waiting.rings.open(when) : waiting.rings.calling_hours(when);
}
