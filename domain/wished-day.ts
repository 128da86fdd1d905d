import { localMoment } from './local-moment.ts';
import type { BookingOrder } from './order.ts';
import { type DayMention, findDays, findWhen } from './talk/when/index.ts';

const ISO = /^\s*\d{4}-\d{2}-\d{2}\s*$/;
/** Longer than any name of a single day. */
const MAX_READ = 200;
/** Day and month in figures, in either order. */
const FIGURES = /^\d{1,2}[/.-]\d{1,2}/;

/**
 * Words next to a day that do not change it. Any other word may: "a partir del martes", "any day but Tuesday", "Tuesday or so", "the first
 * Monday of December".
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

/** The text without the parts that were understood. */
function besides(text: string, spans: readonly { at: number; end: number }[]): string[] {
  let rest = text;
  for (const { at, end } of spans) rest = rest.slice(0, at) + ' '.repeat(end - at) + rest.slice(end);
  return bare(rest).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Both readings of a mention, if nobody knows whether month or day comes first. */
const eitherWay = ({ text }: DayMention, date: string): string[] =>
  findDays(text, { date }, 'en').flatMap(({ values }) => values);

/** The single day that words of the day `date` (ISO) mean, or null. */
function oneDay(words: string, date: string, dayFirst: boolean): string | null {
  const { days, times, parts } = findWhen(words, { date });
  const [mention, ...others] = days;
  if (!mention || others.length > 0 || mention.conflict) return null;
  // A past date is certain only with its year first; else a later day may be meant.
  if (mention.past && !ISO.test(words)) return null;
  if (besides(words, [...days, ...times, ...parts]).some((word) => !HARMLESS.has(word))) return null;
  const values = FIGURES.test(mention.text) && !dayFirst ? eitherWay(mention, date) : mention.values;
  return values.length === 1 ? values[0]! : null;
}

/** Prepares the grammars, which takes some hundredths of a second at their first use. */
export const prepareToRead = (): void => {
  for (const words of ['el viernes 4 de diciembre a las 16 hs', 'Friday the 4th of December at 4 pm'])
    oneDay(words, '2026-11-30', true);
};

/**
 * The day, ISO date, that a booking's `preferred_date` meant at the business when it was placed; null when its words mean no single day, or
 * a different one in each of the business's possible zones. Such words stay unchanged.
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
  // Only North America writes the month first.
  const dayFirst = language ? /^es\b/i.test(language) : !business.phone.startsWith('+1');
  const placed = Date.parse(created_at);
  const dates = new Set(zones.map((zone) => localMoment(zone, placed).date));
  const days = new Set([...dates].map((date) => oneDay(words, date, dayFirst)));
  const [day = null] = days;
  return days.size === 1 ? day : null;
}
