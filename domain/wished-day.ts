import { localMoment } from './local-moment.ts';
import type { BookingOrder } from './order.ts';
import { type DayMention, findDays, findWhen } from './talk/when/index.ts';

const ISO = /^\s*\d{4}-\d{2}-\d{2}\s*$/;
/** Nobody names one day in more characters. */
const MAX_READ = 200;
/** Day and month in figures, either of which may come first. */
const FIGURES = /^\d{1,2}[/.-]\d{1,2}/;

/**
 * Words beside a day that leave it that one day. Any other word may not: "a partir del martes", "any day but Tuesday", "Tuesday or so",
 * "the first Monday of December".
 */
const HARMLESS = new Set(
  `a al de del el en hora horario la las lo para por que turno cita dia
   si se puede pudiera pueden fuera es sea seria ser posible favor gracias sin falta
   prefiero preferiria preferentemente preferiblemente idealmente ideal mejor quiero quisiera querria gustaria me nos
   mismo misma temprano tarde primera ultima hs horas
   the on at in for this an i we d ll it is if can be please thanks possible possibly
   would like love want prefer preferred preferably ideally best appointment early late time`
    .split(/\s+/)
    .filter(Boolean),
);

const bare = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The text without the stretches that were understood. */
function besides(text: string, spans: readonly { at: number; end: number }[]): string[] {
  let rest = text;
  for (const { at, end } of spans) rest = rest.slice(0, at) + ' '.repeat(end - at) + rest.slice(end);
  return bare(rest).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What the mention can mean where nobody knows whether the month or the day is written first. */
const eitherWay = ({ text }: DayMention, date: string): string[] =>
  findDays(text, { date }, 'en').flatMap(({ values }) => values);

/** The one day that words mean which were written on `date` (ISO), or null. */
function oneDay(words: string, date: string, dayFirst: boolean): string | null {
  const { days, times, parts } = findWhen(words, { date });
  const [mention, ...others] = days;
  if (!mention || others.length > 0 || mention.conflict) return null;
  // A date that is over says which it was only where its year stands first; else a later one may be meant.
  if (mention.past && !ISO.test(words)) return null;
  if (besides(words, [...days, ...times, ...parts]).some((word) => !HARMLESS.has(word))) return null;
  const values = FIGURES.test(mention.text) && !dayFirst ? eitherWay(mention, date) : mention.values;
  return values.length === 1 ? values[0]! : null;
}

/** Makes the grammars ready, which takes some hundredths of a second the first time that they read anything. */
export const prepareToRead = (): void => {
  for (const words of ['el viernes 4 de diciembre a las 16 hs', 'Friday the 4th of December at 4 pm'])
    oneDay(words, '2026-11-30', true);
};

/**
 * The day, ISO date, that a booking's `preferred_date` meant at the business when it was placed; null where its words mean no one day, or
 * mean another in each of the zones in which the business may be. Such words stay what they are.
 */
export function wishedDay({
  business,
  request,
  language,
  zones,
  created_at,
}: Pick<BookingOrder, 'business' | 'request' | 'language' | 'zones' | 'created_at'>): string | null {
  const words = request.preferred_date?.trim();
  if (!words || words.length > MAX_READ) return null;
  // Only in North America is the month written first.
  const dayFirst = language ? /^es\b/i.test(language) : !business.phone.startsWith('+1');
  const placed = Date.parse(created_at);
  const dates = new Set(zones.map((zone) => localMoment(zone, placed).date));
  const days = new Set([...dates].map((date) => oneDay(words, date, dayFirst)));
  const [day = null] = days;
  return days.size === 1 ? day : null;
}
