import { localMoment } from './local-moment.ts';

const MINUTE_MS = 60_000;
/** Longer than any jump of a clock, and than the distance of any zone from UTC. */
const AROUND_MS = 86_400_000;

/** Time by which the zone's clock is ahead of UTC at that moment, in ms. */
function offsetAt(zone: string, at: number): number {
  const { date, time } = localMoment(zone, at);
  return Date.parse(`${date}T${time}:00Z`) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

/**
 * The moment, in ms since 1970, at which a zone's clock shows a date (ISO) and a time (HH:MM). A time that the clock shows twice means the
 * later one; for a time that it skips, the moment after the jump: never earlier than anybody could mean.
 */
export function localInstant(zone: string, date: string, time: string): number {
  const utc = Date.parse(`${date}T${time}:00Z`);
  const [before, after] = [utc - AROUND_MS, utc + AROUND_MS].map((at) => utc - offsetAt(zone, at)) as [number, number];
  const shows = (at: number): boolean => {
    const local = localMoment(zone, at);
    return local.date === date && local.time === time;
  };
  const shown = [before, after].filter(shows);
  return Math.max(...(shown.length > 0 ? shown : [before, after]));
}

/** ISO 8601 with the offset of the zone: `2026-12-01T17:00:00-03:00`. */
export function isoIn(zone: string, at: number): string {
  const { date, time } = localMoment(zone, at);
  const minutes = Math.round(offsetAt(zone, at) / MINUTE_MS);
  const two = (n: number): string => String(n).padStart(2, '0');
  const sign = minutes < 0 ? '-' : '+';
  const seconds = two(Math.floor(at / 1000) % 60);
  return `${date}T${time}:${seconds}${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
