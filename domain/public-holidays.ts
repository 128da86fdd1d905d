import Holidays from 'date-holidays';
import { addDays } from './calendar.ts';
import { regionOf } from './number-regions.ts';
import { checkPhoneNumber } from './phone-number.ts';
import type { PublicHolidays } from './present-window.ts';

/** Heavy (35 MB): loaded only where holidays are kept, never imported by workflows. */

const DAY_MS = 86_400_000;

/** Days of one holiday, as ISO dates. One that covers only part of a day closes none. */
function daysOf({ date, start, end }: { date: string; start: Date; end: Date }): string[] {
  // A day in which clocks go forward has 23 hours.
  const days = Math.floor((end.getTime() - start.getTime()) / DAY_MS + 0.1);
  return Array.from({ length: days }, (_, n) => addDays(date.slice(0, 10), n));
}

const remembered = new Map<string, string[]>();

/** Public holidays that begin in a year in a country, and in its region if known. Empty where the library has none. */
function daysOfYear(country: string, region: string | undefined, year: number): string[] {
  const key = `${country} ${region} ${year}`;
  const known = remembered.get(key);
  if (known) return known;
  const calendar = region ? new Holidays(country, region) : new Holidays(country);
  const found = calendar.getHolidays(year) ?? [];
  const days = [...new Set(found.filter(({ type }) => type === 'public').flatMap(daysOf))].sort();
  remembered.set(key, days);
  return days;
}

/** Public holidays of the country of a number, and of the region that its area code names. */
export const publicHolidays: PublicHolidays = (phone, from, to) => {
  const checked = checkPhoneNumber(phone);
  if (!checked.ok || !checked.country) return [];
  const { country } = checked;
  const region = regionOf(country, phone);
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  // The last holidays of a year may reach into the next one.
  const years = Array.from({ length: last - first + 2 }, (_, n) => first - 1 + n);
  const days = new Set(years.flatMap((year) => daysOfYear(country, region, year)));
  return [...days].filter((day) => day >= from && day <= to).sort();
};
