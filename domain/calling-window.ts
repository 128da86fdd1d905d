import type { CallingWindow, Period } from './order.ts';
import { type Week, weekOf } from './weekly-hours.ts';
import { clockChange, offsetAt } from './zone-clock.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/**
 * A window that opens in no common hour within this time never opens (zones too far apart, or an empty window). Long enough for a business
 * that opens once a week while holidays fall on that day several times in a row.
 */
const HORIZON_DAYS = 70;
const HORIZON_MS = HORIZON_DAYS * DAY_MS;
/** A budget of a day with a window of one minute a day would take years. The search for its end is long, but finite. */
const LONGEST_MS = 3_200 * DAY_MS;

/** A window, ready for use. A local time is written as milliseconds since 1970. */
interface Schedule {
  /** Open periods by day, Monday first, in ms after midnight. */
  week: Week;
  /** Days since 1970 on which nothing opens. */
  closed: ReadonlySet<number>;
  isAlways: boolean;
  isNever: boolean;
}

const schedules = new WeakMap<CallingWindow, Schedule>();

function scheduleOf(window: CallingWindow): Schedule {
  const schedule = schedules.get(window) ?? makeSchedule(window);
  schedules.set(window, schedule);
  return schedule;
}

function makeSchedule(window: CallingWindow): Schedule {
  const inMs = ({ from, to }: Period): Period => ({ from: from * MINUTE_MS, to: Math.min(to * MINUTE_MS, DAY_MS) });
  const week = weekOf(window).map((day) => day.map(inMs).filter(({ from, to }) => from < to));
  const closed = new Set((window.closed_days ?? []).map((date) => Date.parse(date) / DAY_MS));
  const isWhole = (day: readonly Period[]): boolean => day.length === 1 && day[0]!.from === 0 && day[0]!.to === DAY_MS;
  return { week, closed, isAlways: closed.size === 0 && week.every(isWhole), isNever: week.flat().length === 0 };
}

/** 1970 began on a Thursday. */
const periodsOn = ({ week, closed }: Schedule, day: number): readonly Period[] =>
  closed.has(day) ? [] : week[(((day + 3) % 7) + 7) % 7]!;

/** End of the period that is open at a local time; undefined when it is closed. */
function closingAt(schedule: Schedule, local: number): number | undefined {
  const day = Math.floor(local / DAY_MS);
  const time = local - day * DAY_MS;
  const open = periodsOn(schedule, day).find(({ from, to }) => time >= from && time < to);
  return open && day * DAY_MS + open.to;
}

/** The first local time from `local` on that is open, on a clock that nobody changes. */
function openingAt(schedule: Schedule, local: number): number | undefined {
  const today = Math.floor(local / DAY_MS);
  for (let day = today; day <= today + HORIZON_DAYS; day++) {
    const begins = day * DAY_MS;
    const next = periodsOn(schedule, day).find(({ to }) => begins + to > local);
    if (next) return Math.max(local, begins + next.from);
  }
  return undefined;
}

/** The first moment from `at` on at which the schedule is open in one zone. */
function opensIn(schedule: Schedule, zone: string, at: number): number | undefined {
  for (let t = at; t - at <= HORIZON_MS; ) {
    const offset = offsetAt(zone, t);
    const opening = openingAt(schedule, t + offset);
    if (opening === undefined) return undefined;
    const change = clockChange(zone, t, opening - offset);
    if (change === undefined) return opening - offset;
    t = change;
  }
  return undefined;
}

/** The moment at which the schedule, open at `at`, closes in one zone, or the local day ends. */
function closesIn(schedule: Schedule, zone: string, at: number): number {
  for (let t = at; ; ) {
    const offset = offsetAt(zone, t);
    const closing = closingAt(schedule, t + offset);
    if (closing === undefined) return t;
    const change = clockChange(zone, t, closing - offset);
    if (change === undefined) return closing - offset;
    t = change;
  }
}

const isOpenIn = (schedule: Schedule, zone: string, at: number): boolean =>
  closingAt(schedule, at + offsetAt(zone, at)) !== undefined;

/** True while the window is open in every zone; false without zones (fails closed). `at` in milliseconds since 1970. */
export function isOpen(window: CallingWindow, zones: readonly string[], at: number): boolean {
  const schedule = scheduleOf(window);
  if (zones.length === 0 || schedule.isNever) return false;
  return schedule.isAlways || zones.every((zone) => isOpenIn(schedule, zone, at));
}

/** The first moment from `at` on at which the window is open in every zone; undefined when there is no such moment within weeks. */
export function nextOpening(window: CallingWindow, zones: readonly string[], at: number): number | undefined {
  const schedule = scheduleOf(window);
  if (zones.length === 0 || schedule.isNever) return undefined;
  if (schedule.isAlways) return at;
  for (let t = at; t - at < HORIZON_MS; ) {
    let latest = t;
    for (const zone of zones) {
      const opens = opensIn(schedule, zone, t);
      if (opens === undefined) return undefined;
      latest = Math.max(latest, opens);
    }
    if (latest === t) return t;
    t = latest;
  }
  return undefined;
}

/** Calls `visit` with each open period between `from` and `to`, until it returns false. */
function walk(
  window: CallingWindow,
  zones: readonly string[],
  from: number,
  to: number,
  visit: (start: number, end: number) => boolean,
): void {
  const schedule = scheduleOf(window);
  for (let t = from; t < to; ) {
    const start = nextOpening(window, zones, t);
    if (start === undefined || start >= to) return;
    const closes = Math.min(...zones.map((zone) => closesIn(schedule, zone, start)));
    const end = Math.min(to, Math.max(closes, start + 1));
    if (!visit(start, end)) return;
    t = end;
  }
}

/** Milliseconds between two moments during which the business may be called. */
export function openTimeBetween(window: CallingWindow, zones: readonly string[], from: number, to: number): number {
  if (scheduleOf(window).isAlways && zones.length > 0) return Math.max(0, to - from);
  let sum = 0;
  walk(window, zones, from, to, (start, end) => {
    sum += end - start;
    return true;
  });
  return sum;
}

/** The moment at which `ms` of open time have passed since `from`; undefined when the window never opens, or not long enough in years. */
export function afterOpenTime(
  window: CallingWindow,
  zones: readonly string[],
  from: number,
  ms: number,
): number | undefined {
  if (scheduleOf(window).isAlways && zones.length > 0) return from + ms;
  let left = ms;
  let reached: number | undefined;
  walk(window, zones, from, from + LONGEST_MS, (start, end) => {
    if (end - start >= left) {
      reached = start + left;
      return false;
    }
    left -= end - start;
    return true;
  });
  return reached;
}
