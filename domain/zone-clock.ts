import { zoneFormats } from './zone-formats.ts';

const DAY_MS = 86_400_000;
/** No zone changes its clock twice within a week. */
const STRETCH_MS = 7 * DAY_MS;

const formatOf = zoneFormats({
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** A zone's offset from UTC in ms at a time (ms since 1970), from `Intl`. */
function readOffset(zone: string, at: number): number {
  const part = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  const second = Math.floor(at / 1000) * 1000;
  for (const { type, value } of formatOf(zone).formatToParts(second)) {
    if (type in part) part[type as 'year'] = Number(value);
  }
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - second;
}

/** A week of a zone's clock. `change`: the moment from which `after` counts. */
interface Stretch {
  before: number;
  after: number;
  change: number;
}

function readStretch(zone: string, from: number): Stretch {
  const before = readOffset(zone, from);
  const after = readOffset(zone, from + STRETCH_MS);
  if (before === after) return { before, after, change: Infinity };
  let [low, high] = [from, from + STRETCH_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (readOffset(zone, middle) === before) low = middle;
    else high = middle;
  }
  return { before, after, change: high };
}

const known = new Map<string, Map<number, Stretch>>();

/** `Intl` is slow, and a zone's clock seldom changes: each week is read once. */
function stretchOf(zone: string, index: number): Stretch {
  const weeks = known.get(zone) ?? new Map<number, Stretch>();
  const stretch = weeks.get(index) ?? readStretch(zone, index * STRETCH_MS);
  known.set(zone, weeks.set(index, stretch));
  return stretch;
}

/**
 * A zone's offset from UTC in ms. `at + offsetAt(zone, at)` is the local clock, written as milliseconds since 1970.
 * @param at milliseconds since 1970
 * @throws RangeError for a zone that does not exist
 */
export function offsetAt(zone: string, at: number): number {
  const { before, after, change } = stretchOf(zone, Math.floor(at / STRETCH_MS));
  return at < change ? before : after;
}

/** The first moment after `from`, and no later than `to`, at which the zone's clock is put forward or back; undefined without one. */
export function clockChange(zone: string, from: number, to: number): number | undefined {
  const last = Math.floor(to / STRETCH_MS);
  for (let index = Math.floor(from / STRETCH_MS); index <= last; index++) {
    const { change } = stretchOf(zone, index);
    if (change > from && change <= to) return change;
  }
  return undefined;
}

/**
 * The moments (ms since 1970) at which a zone's clock shows a local time: one, none in the hour that is left out when clocks go forward, two
 * in the hour that is repeated when they go back.
 * @param local the local time, written as milliseconds since 1970
 */
export function momentsAt(zone: string, local: number): number[] {
  const offsets = new Set([offsetAt(zone, local - DAY_MS), offsetAt(zone, local), offsetAt(zone, local + DAY_MS)]);
  return [...offsets]
    .map((offset) => local - offset)
    .filter((at) => at + offsetAt(zone, at) === local)
    .sort((a, b) => a - b);
}
