import type { CallingWindow } from './order.ts';
import { zoneFormats } from './zone-formats.ts';

const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;
/** A window that opens in no common hour within this time never opens (zones too far apart, or an empty window). */
const HORIZON_MS = 8 * DAY_MINUTES * MINUTE_MS;

const formatOf = zoneFormats({ hour: 'numeric', minute: 'numeric', second: 'numeric' });

/**
 * Milliseconds since local midnight.
 * @throws RangeError for a zone that does not exist
 */
function localTime(zone: string, at: number): number {
  let hour = 0;
  let minute = 0;
  let second = 0;
  for (const part of formatOf(zone).formatToParts(at)) {
    if (part.type === 'hour') hour = Number(part.value);
    else if (part.type === 'minute') minute = Number(part.value);
    else if (part.type === 'second') second = Number(part.value);
  }
  return ((hour * 60 + minute) * 60 + second) * 1000 + (((at % 1000) + 1000) % 1000);
}

const isWholeDay = (window: CallingWindow): boolean => window.from === 0 && window.to >= DAY_MINUTES;

/** Time until `zone` opens, in ms from `at`; 0 when it is open. */
function closedFor(window: CallingWindow, zone: string, at: number): number {
  const local = localTime(zone, at);
  const from = window.from * MINUTE_MS;
  const to = window.to * MINUTE_MS;
  if (local < from) return from - local;
  return local < to ? 0 : DAY_MINUTES * MINUTE_MS - local + from;
}

/** True while the window is open in every zone; false without zones (fails closed). `at` in milliseconds since 1970. */
export function isOpen(window: CallingWindow, zones: readonly string[], at: number): boolean {
  if (zones.length === 0 || window.from >= window.to) return false;
  return isWholeDay(window) || zones.every((zone) => closedFor(window, zone, at) === 0);
}

/** The first moment from `at` on at which the window is open in every zone; undefined when there is no such moment within days. */
export function nextOpening(window: CallingWindow, zones: readonly string[], at: number): number | undefined {
  if (zones.length === 0 || window.from >= window.to) return undefined;
  if (isWholeDay(window)) return at;
  let t = at;
  while (t - at < HORIZON_MS) {
    const wait = Math.max(...zones.map((zone) => closedFor(window, zone, t)));
    if (wait === 0) return t;
    t += wait;
  }
  return undefined;
}

/** Time for which the window stays open in every zone, in ms from `at`, which must be open. */
function openFor(window: CallingWindow, zones: readonly string[], at: number): number {
  return Math.min(...zones.map((zone) => window.to * MINUTE_MS - localTime(zone, at)));
}

/** Calls `visit` with each open period between `from` and `to`, until it returns false. */
function walk(
  window: CallingWindow,
  zones: readonly string[],
  from: number,
  to: number,
  visit: (start: number, end: number) => boolean,
): void {
  for (let t = from; t < to; ) {
    const start = nextOpening(window, zones, t);
    if (start === undefined || start >= to) return;
    const end = Math.min(to, start + Math.max(openFor(window, zones, start), 1));
    if (!visit(start, end)) return;
    t = end;
  }
}

/** Milliseconds between two moments during which the business may be called. */
export function openTimeBetween(window: CallingWindow, zones: readonly string[], from: number, to: number): number {
  if (isWholeDay(window) && zones.length > 0) return Math.max(0, to - from);
  let sum = 0;
  walk(window, zones, from, to, (start, end) => {
    sum += end - start;
    return true;
  });
  return sum;
}

/** The moment at which `ms` of open time have passed since `from`; undefined when the window never opens. */
export function afterOpenTime(
  window: CallingWindow,
  zones: readonly string[],
  from: number,
  ms: number,
): number | undefined {
  if (isWholeDay(window) && zones.length > 0) return from + ms;
  let left = ms;
  let reached: number | undefined;
  // A budget of a day with a window of one minute a day would take years. The horizon is long, but finite.
  walk(window, zones, from, from + 400 * HORIZON_MS, (start, end) => {
    if (end - start >= left) {
      reached = start + left;
      return false;
    }
    left -= end - start;
    return true;
  });
  return reached;
}
