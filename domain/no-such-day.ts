import { isDay } from './report/calendar-date.ts';

/** A day in figures with its year, and nothing beside it: the year first, or last. */
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;

const exists = (year: string, month: string, day: string): boolean =>
  isDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);

/** True for figures that are no day of the calendar, whichever of them is the month: `31/02/2027`, `2027-13-01`. False for any words. */
export function isNoSuchDay(text: string): boolean {
  const figures = text.trim();
  const first = YEAR_FIRST.exec(figures);
  if (first) return !exists(first[1]!, first[3]!, first[4]!);
  const last = YEAR_LAST.exec(figures);
  if (!last) return false;
  const [, a = '', , b = '', year = ''] = last;
  return !exists(year, a, b) && !exists(year, b, a);
}
