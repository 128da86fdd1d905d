import { iso } from './iso.ts';

/** Days as numbers since 1970-01-01, for simple sums. */
const DAY_MS = 86_400_000;

export function dayOf(iso: string): number {
  const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
}

/** The ISO date so many days later. */
export const addDays = (date: string, days: number): string => isoOf(dayOf(date) + days);

export const isoOf = (day: number): string => iso(day * DAY_MS).slice(0, 10);

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

/** The day of that date; undefined when the month has no such day. Months past December continue into the next year. */
export function dayAt(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day && day > 0 ? Math.round(date.getTime() / DAY_MS) : undefined;
}

export function yearAndMonth(day: number): { year: number; month: number; day: number } {
  const [year, month, date] = isoOf(day).split('-').map(Number) as [number, number, number];
  return { year, month, day: date };
}
