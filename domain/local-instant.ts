import { localMoment } from './local-moment.ts';
import { momentsAt, offsetAt } from './zone-clock.ts';

const MINUTE_MS = 60_000;
/** Longer than any jump of a clock, and than the distance of any zone from UTC. */
const AROUND_MS = 86_400_000;

/**
 * The moment, in ms since 1970, at which a zone's clock shows a date (ISO) and a time (HH:MM). A time that the clock shows twice means the
 * later one; for a time that it skips, the moment after the jump: never earlier than anybody could mean.
 */
export function localInstant(zone: string, date: string, time: string): number {
  const local = Date.parse(`${date}T${time}:00Z`);
  const shown = momentsAt(zone, local).at(-1);
  return shown ?? Math.max(local - offsetAt(zone, local - AROUND_MS), local - offsetAt(zone, local + AROUND_MS));
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
