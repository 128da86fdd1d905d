import { z } from 'zod';
import type { CallingWindow, Period } from '../domain/order.ts';
import type { Weekday } from '../domain/weekday.ts';
import { weekdaysIn } from '../domain/weekday-text.ts';
import { minutesOf, weekFrom, windowOfWeek } from '../domain/weekly-hours.ts';

/**
 * `09:00-20:00` on every day, or `mon-fri 09:00-20:00; sat 09:00-13:00`, in minutes after midnight. A window over midnight is refused: nobody
 * should be called at night.
 */
export const callingWindow = z
  .string()
  .transform((text) => parseWindow(text))
  .refine(
    (window) => window !== undefined,
    'must be HH:MM-HH:MM within one day, the end after the start, such as 09:00-20:00 or 00:00-24:00; or such hours after weekdays, separated by semicolons, such as mon-fri 09:00-20:00; sat 09:00-13:00',
  );

function parseWindow(text: string): CallingWindow | undefined {
  const daily = parseHours(text);
  if (daily) return daily;
  const entries = text.split(';').map(parseEntry);
  return entries.every((entry) => entry !== undefined) ? windowOfWeek(weekFrom(entries)) : undefined;
}

function parseHours(text: string): Period | undefined {
  const [from, to, ...more] = text.split('-').map(minutesOf);
  return from !== undefined && to !== undefined && more.length === 0 && from < to ? { from, to } : undefined;
}

/** `mon-fri 09:00-20:00`, `tue,thu 16:00-20:00` */
function parseEntry(text: string): { days: Weekday[]; hours: Period } | undefined {
  const [days, hours, ...more] = text.trim().toLowerCase().split(/\s+/);
  const period = parseHours(hours ?? '');
  const named = weekdaysIn(days ?? '');
  return period && named && more.length === 0 ? { days: named, hours: period } : undefined;
}
