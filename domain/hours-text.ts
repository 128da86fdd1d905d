import type { CallingWindow, Period } from './order.ts';
import { WEEKDAYS } from './weekday.ts';
import { weekOf } from './weekly-hours.ts';

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

const dayText = (periods: readonly Period[]): string =>
  periods
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => `${clock(from)}-${clock(Math.min(to, 1_440))}`)
    .join(',');

/** `mon-fri 09:00-20:00; sat 09:00-13:00`: a week's hours, as the setting is written; `''`: it never opens. Holidays are left aside. */
export function hoursText(window: CallingWindow): string {
  const groups: { first: number; last: number; hours: string }[] = [];
  for (const [day, periods] of weekOf(window).entries()) {
    const hours = dayText(periods);
    const before = groups.at(-1);
    if (before?.hours === hours && before.last === day - 1) before.last = day;
    else groups.push({ first: day, last: day, hours });
  }
  return groups
    .filter(({ hours }) => hours !== '')
    .map(({ first, last, hours }) => `${WEEKDAYS[first]}${last > first ? `-${WEEKDAYS[last]}` : ''} ${hours}`)
    .join('; ');
}
