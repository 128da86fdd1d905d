import type { Acceptable } from '../domain/acceptable.ts';
import type { CallbackPolicy, OpeningHours } from '../domain/order.ts';
import type { Weekday } from '../domain/weekday.ts';
import { weekdaysIn } from '../domain/weekday-text.ts';
import { badUsage } from './failure.ts';

/** The flags for days and hours, as they were typed. */
export interface TimeFlags {
  openingHours?: string;
  acceptableDates?: string;
  acceptableDays?: string;
  acceptableTimes?: string;
  callback?: boolean;
  maxCallbacks?: string;
  callbackWithin?: string;
}

interface Range {
  from: string;
  to: string;
}

/** Texts between separators, without empty ones: a separator may end the list. */
const parts = (text: string, separator: string): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);

/** `09:00-13:00`. The API decides which hours are valid. */
function hoursIn(text: string): Range | undefined {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  return from && to ? { from, to } : undefined;
}

/** `2026-12-01..2026-12-10`, or one day. */
function datesIn(text: string): Range | undefined {
  const [, from, to = from] = /^(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?$/.exec(text) ?? [];
  return from && to ? { from, to } : undefined;
}

/** `mon-fri 09:00-13:00`, or hours alone for every day. */
function entryIn(text: string): OpeningHours | undefined {
  const [hours = '', days = 'mon-sun', ...more] = text.split(/\s+/).reverse();
  const named = weekdaysIn(days);
  const range = hoursIn(hours);
  return named && range && more.length === 0 ? { days: named, ...range } : undefined;
}

/** Each part as `read` understands it. Throws a usage error with an example for the first one that it does not. */
function listOf<T>(
  flag: string,
  text: string,
  separator: string,
  read: (part: string) => T | undefined,
  remedy: string,
) {
  const given = parts(text, separator);
  const wrong = () => badUsage(`--${flag} ${text}: write it as ${remedy}`);
  if (given.length === 0) throw wrong();
  return given.map((part): T => {
    const found = read(part);
    if (found === undefined) throw wrong();
    return found;
  });
}

function acceptableOf({ acceptableDates, acceptableDays, acceptableTimes }: TimeFlags): Acceptable | undefined {
  const acceptable: Acceptable = {
    ...(acceptableDates && {
      dates: listOf('acceptable-dates', acceptableDates, ',', datesIn, '2026-12-01..2026-12-10,2026-12-14'),
    }),
    ...(acceptableDays && {
      weekdays: listOf<Weekday[]>('acceptable-days', acceptableDays, ',', weekdaysIn, 'mon-fri or tue,thu').flat(),
    }),
    ...(acceptableTimes && {
      times: listOf('acceptable-times', acceptableTimes, ',', hoursIn, '09:00-13:00,16:00-18:00'),
    }),
  };
  return Object.keys(acceptable).length > 0 ? acceptable : undefined;
}

function whole(flag: string, text: string): number {
  if (!/^\d+$/.test(text)) throw badUsage(`--${flag} ${text}: write a whole number`);
  return Number(text);
}

function callbackOf({ callback, maxCallbacks, callbackWithin }: TimeFlags): Partial<CallbackPolicy> | undefined {
  const policy = {
    ...(callback === false && { enabled: false }),
    ...(maxCallbacks !== undefined && { max_callbacks: whole('max-callbacks', maxCallbacks) }),
    ...(callbackWithin !== undefined && { within_hours: whole('callback-within', callbackWithin) }),
  };
  return Object.keys(policy).length > 0 ? policy : undefined;
}

/** The values of the flags for days and hours, by the names of the request; absent: not given. */
export function timesOf(flags: TimeFlags) {
  const { openingHours } = flags;
  return {
    opening_hours:
      openingHours && listOf('opening-hours', openingHours, ';', entryIn, 'mon-fri 09:00-13:00; sat 09:00-12:00'),
    acceptable: acceptableOf(flags),
    callback: callbackOf(flags),
  };
}
