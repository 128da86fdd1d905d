import { WEEKDAYS, type Weekday } from './weekday.ts';

/** `mon`, `mon-fri`, `tue,thu`, `mon-wed,sat`: the days that a text names; undefined for any other text. */
export function weekdaysIn(text: string): Weekday[] | undefined {
  const named = text.toLowerCase().split(',').map(range);
  return named.some((each) => each.length === 0) ? undefined : named.flat();
}

/** `mon` or `mon-fri`; empty for anything else. */
function range(text: string): Weekday[] {
  const [first, last = first, ...more] = text.split('-').map((day) => WEEKDAYS.indexOf(day as Weekday));
  if (first === undefined || last === undefined || more.length > 0 || first < 0) return [];
  return WEEKDAYS.slice(first, last + 1);
}
