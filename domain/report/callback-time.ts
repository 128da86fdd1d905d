import type { NamedDay, Report } from '../result.ts';
import { type DayMention, findDays, findWhen } from '../talk/when/index.ts';
import { readDayAndTime } from './day-and-time.ts';
import { folded, plain, textOf, VALUE_MAX } from './plain-text.ts';

type Wanted = Pick<Report, 'callback_date' | 'callback_day' | 'callback_time' | 'callback_unclear'>;

const DAY_MS = 86_400_000;
/** A week of days: words with the same meaning on all of them have it on any. */
const WEEK = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07'];
const NOT_CLEAR = { callback_unclear: true } as const;

/** Words beside day and time that do not change them. Any other word may: "not before", "unless", "any day but". */
const HARMLESS = new Set(
  `a al de del el en la las los por para hora horas hs favor si puede puedo pueden podria llamar llame llamen llamennos llamenme llamame llamenos
   llamanos vuelva vuelvan volver nos me que y dia turno mas tarde mismo misma punto
   the at on in of this an please call back us me again if can could you by o clock hours time day and`
    .split(/\s+/)
    .filter(Boolean),
);

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** A weekday alone. "Next Tuesday" means two days to different people. */
function plainWeekday(words: string, weekday: number): NamedDay | undefined {
  const isPlain = WEEK.every((date) => {
    const ahead = (weekday - new Date(date).getUTCDay() + 7) % 7;
    if (ahead === 0) return true;
    const [day, ...others] = findDays(words, { date });
    return others.length === 0 && day?.values.length === 1 && daysBetween(date, day.values[0]!) === ahead;
  });
  return isPlain ? { weekday } : undefined;
}

/** A relative day is the same number of days ahead from every day. */
function daysAhead(words: string): NamedDay | undefined {
  const all = new Set(
    WEEK.map((date) => {
      const [day, ...others] = findDays(words, { date });
      return others.length === 0 && day?.values.length === 1 ? daysBetween(date, day.values[0]!) : undefined;
    }),
  );
  const [ahead] = all;
  return all.size === 1 && ahead !== undefined && ahead >= 0 ? { ahead } : undefined;
}

function dayOf(words: string, { kind, weekday, day, month, year, values, text }: DayMention): Wanted | undefined {
  const named = (callback_day: NamedDay | undefined): Wanted | undefined => callback_day && { callback_day };
  if (year !== undefined) return values.length === 1 ? { callback_date: values[0]! } : undefined;
  if (kind === 'relative') return named(daysAhead(words));
  if (kind === 'weekday') return weekday === undefined ? undefined : named(plainWeekday(words, weekday));
  // Day and month in figures stand in either order.
  if (day === undefined || /^\D*\d{1,2}[/.-]\d{1,2}/.test(text)) return undefined;
  return named({ day, ...(month === undefined ? {} : { month }), ...(weekday === undefined ? {} : { weekday }) });
}

function besides(text: string, spans: readonly { at: number; end: number }[]): string[] {
  let rest = text;
  for (const { at, end } of spans) rest = rest.slice(0, at) + ' '.repeat(end - at) + rest.slice(end);
  return folded(rest).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Reads "mañana a las cinco", "Tuesday at half past nine". */
function inWords(words: string): Wanted {
  const { days, times, parts } = findWhen(words, { date: WEEK[0]! });
  const [day, ...otherDays] = days;
  const [time, ...otherTimes] = times;
  if (!time || time.vague || otherDays.length > 0 || otherTimes.length > 0) return NOT_CLEAR;
  if (besides(words, [...days, ...times, ...parts]).some((word) => !HARMLESS.has(word))) return NOT_CLEAR;
  const when = day ? dayOf(words, day) : {};
  return when ? { ...when, callback_time: time.values[0]! } : NOT_CLEAR;
}

/** Of a clock without the half of the day the hour in which businesses are open: five is 17:00, nine is 09:00. */
const inHours = (time: string): string => {
  const [hour, minutes] = [Number(time.slice(0, 2)), time.slice(2)];
  return hour < 7 ? `${hour + 12}${minutes}` : time;
};

/**
 * Reads the day and time at which a business asked to be called from two fields of a report together, in every form of `readDayAndTime` and
 * in words. Without a day, the time alone counts. Unclear parts are left out and reported, so that nobody is called at a wrong time.
 */
export function readCallback(date: unknown, time: unknown): Wanted {
  const texts = [textOf(date), textOf(time)].filter((text) => text !== undefined);
  if (texts.length === 0) return {};
  const { confirmed_date, confirmed_time, time_half_unknown, unclear } = readDayAndTime(date, time);
  if (!unclear && confirmed_time !== undefined) {
    return {
      ...(confirmed_date === undefined ? {} : { callback_date: confirmed_date }),
      callback_time: time_half_unknown ? inHours(confirmed_time) : confirmed_time,
    };
  }
  const words = plain(texts.join(', '));
  return words.length > 2 * VALUE_MAX ? NOT_CLEAR : inWords(words);
}
