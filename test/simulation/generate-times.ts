import type { OpeningHours } from '../../domain/order.ts';
import { WEEKDAYS, type Weekday } from '../../domain/weekday.ts';
import { Random } from './random.ts';
import { NEVER, type Schedule } from './schedule.ts';

/** Numbers of their own: what a seed brings otherwise is what it brought before bookings had times. */
const APART = 2_000_003;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function openingHours(random: Random): OpeningHours {
  const from = random.pick([0, 420, 540, 585, 780, 960]);
  const to = Math.min(from + random.pick([15, 60, 180, 600]), 1440);
  const days = WEEKDAYS.filter(() => random.chance(0.6));
  return { days: days.length > 0 ? days : ['mon'], from: clock(from), to: clock(to) };
}

const someDays = (random: Random): Weekday[] => {
  const days = WEEKDAYS.filter(() => random.chance(0.6));
  return days.length > 0 ? days : ['tue'];
};

/** In some bookings hours of the business, calling hours by weekday, public holidays, and a first and a last moment for dials. */
export function addTimesTo(schedule: Schedule): void {
  const random = new Random(schedule.seed + APART);
  // The others meet what they met before.
  if (random.chance(0.6)) return;
  const { times } = schedule;
  times.zone = random.weighted({ 'Etc/UTC': 4, 'Asia/Kolkata': 1, 'Asia/Kathmandu': 1, 'America/St_Johns': 1 });
  if (random.chance(0.2)) times.opening_hours = Array.from({ length: random.int(1, 3) }, () => openingHours(random));
  if (random.chance(0.12)) times.weekdays = someDays(random);
  // The Monday of the booking, and days after it.
  if (random.chance(0.12)) times.holidays = [0, 1, 2, 7].filter(() => random.chance(0.5));
  if (random.chance(0.15)) times.not_before_ms = random.pick([MINUTE, 10 * MINUTE, HOUR, 20 * HOUR]);
  if (random.chance(0.3)) {
    const from = times.not_before_ms < NEVER ? times.not_before_ms : 0;
    times.not_after_ms = from + random.pick([2_000, 20_000, MINUTE, 5 * MINUTE, HOUR, 10 * HOUR, 40 * HOUR]);
  }
}
