import type { CallingWindow, OpeningHours, Period } from './order.ts';
import { WEEKDAYS, type Weekday } from './weekday.ts';

/** Open periods of each day, Monday first, sorted and apart. */
export type Week = readonly (readonly Period[])[];

/** Sorts periods and joins those that touch. */
function joined(periods: readonly Period[]): Period[] {
  const result: Period[] = [];
  for (const { from, to } of [...periods].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

/** The week of a setting or of a business: each entry opens the same hours on several days. */
export const weekFrom = (entries: readonly { days: readonly Weekday[]; hours: Period }[]): Period[][] =>
  WEEKDAYS.map((day) => joined(entries.filter(({ days }) => days.includes(day)).map(({ hours }) => hours)));

/** `HH:MM`, at most `24:00`, as minutes after midnight; undefined for any other text. */
export function minutesOf(time: string): number | undefined {
  const match = /^(\d{2}):([0-5]\d)$/.exec(time);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Infinity;
  return minutes <= 1440 ? minutes : undefined;
}

const weekOfBusiness = (hours: readonly OpeningHours[]): Period[][] =>
  weekFrom(
    hours.map(({ days, from, to }) => ({ days, hours: { from: minutesOf(from) ?? 0, to: minutesOf(to) ?? 0 } })),
  );

/** A window's open periods by day. The earlier form has the same hours on every day. */
export const weekOf = ({ from, to, week }: CallingWindow): Week =>
  week ?? WEEKDAYS.map(() => (from < to ? [{ from, to }] : []));

/** Periods that lie in one of both lists each. */
const common = (some: readonly Period[], others: readonly Period[]): Period[] =>
  some.flatMap((a) =>
    others
      .map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }))
      .filter(({ from, to }) => from < to),
  );

/** The window of a week. `from` and `to` span all its hours, for readers of the earlier form. */
export function windowOfWeek(week: Period[][]): CallingWindow {
  const all = week.flat();
  if (all.length === 0) return { from: 0, to: 0, week };
  return { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)), week };
}

interface Narrowed {
  by: readonly OpeningHours[];
  window: CallingWindow;
}

/** A booking asks many times, always with the same two objects. */
const narrowed = new WeakMap<CallingWindow, Narrowed>();

/** The hours in which both the calling window and the business are open. */
export function hoursOf(window: CallingWindow, opening: readonly OpeningHours[] | undefined): CallingWindow {
  if (!opening) return window;
  const before = narrowed.get(window);
  if (before?.by === opening) return before.window;
  const open = weekOfBusiness(opening);
  const { closed_days } = window;
  const week = weekOf(window).map((day, index) => common(day, open[index]!));
  const both = { ...windowOfWeek(week), ...(closed_days ? { closed_days } : {}) };
  narrowed.set(window, { by: opening, window: both });
  return both;
}

/** True when two windows open at the same times. */
export const sameWindow = (a: CallingWindow, b: CallingWindow): boolean => textOf(a) === textOf(b);

const textOf = ({ from, to, week, closed_days = [] }: CallingWindow): string =>
  JSON.stringify([from, to, week?.map((day) => day.map((hours) => [hours.from, hours.to])), closed_days]);
