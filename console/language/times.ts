import { WEEKDAYS, type Weekday } from '../../domain/weekday.ts';
import type { Words } from './en.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The reader's variety of a language: Boston and London write dates differently. */
const variety = (language: string): string =>
  navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() === language) ?? language;

/** A year is said where it is not this one. */
const isOtherYear = (year: number, now: number): boolean => year !== new Date(now).getFullYear();

function format(
  language: string,
  style: 'clock' | 'day' | 'weekday' | 'moment',
  withYear = false,
): Intl.DateTimeFormat {
  const key = `${language} ${style} ${withYear}`;
  let made = formats.get(key);
  if (!made) {
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    const day = {
      ...({ weekday: 'short', day: 'numeric', month: 'short' } as const),
      ...(withYear && { year: 'numeric' as const }),
    };
    const options =
      style === 'clock'
        ? { ...clock, second: '2-digit' as const }
        : style === 'day'
          ? { ...day, timeZone: 'UTC' }
          : style === 'weekday'
            ? day
            : { ...day, ...clock };
    made = new Intl.DateTimeFormat(variety(language), options);
    formats.set(key, made);
  }
  return made;
}

/** `14:03:27`, in the reader's own time zone. */
export const clock = (language: string, at: string): string => format(language, 'clock').format(new Date(at));

/** Today's times as a clock time, others with their date. */
export function moment(language: string, at: string, now: number): string {
  const same = new Date(at).toDateString() === new Date(now).toDateString();
  return same
    ? clock(language, at).slice(0, 5)
    : format(language, 'moment', isOtherYear(new Date(at).getFullYear(), now)).format(new Date(at));
}

/** An appointment's day, `2026-11-25`; it has no time zone. */
export const day = (language: string, date: string, now = Date.now()): string =>
  format(language, 'day', isOtherYear(Number(date.slice(0, 4)), now)).format(new Date(`${date}T00:00:00Z`));

/** The day of a moment, in the reader's own time zone. */
export const dayOf = (language: string, at: string, now = Date.now()): string =>
  format(language, 'weekday', isOtherYear(new Date(at).getFullYear(), now)).format(new Date(at));

/** `Mon`, for the English short name that the API uses. The 5th of January 1970 was a Monday. */
export const weekday = (language: string, name: Weekday): string =>
  new Intl.DateTimeFormat(variety(language), { weekday: 'short', timeZone: 'UTC' }).format(
    (4 + WEEKDAYS.indexOf(name)) * 86_400_000,
  );

/** A duration in two units at most. */
export function duration(words: Words, seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  const { h, m, s: sec } = words.duration;
  if (s >= 3600)
    return [`${Math.floor(s / 3600)} ${h}`, s % 3600 >= 60 && `${Math.floor((s % 3600) / 60)} ${m}`]
      .filter(Boolean)
      .join(' ');
  if (s >= 60)
    return [`${Math.floor(s / 60)} ${m}`, s % 60 > 0 && s < 600 && `${s % 60} ${sec}`].filter(Boolean).join(' ');
  return `${s} ${sec}`;
}

/** A position in a recording, `1:05`. */
export const place = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** An amount in its currency, as the reader writes it. */
export const money = (language: string, { amount, currency }: { amount: number; currency: string }): string =>
  new Intl.NumberFormat(variety(language), { style: 'currency', currency }).format(amount);
