import type { CallingWindow } from '../../domain/order.ts';
import type { Run } from './run.ts';
import { NEVER } from './schedule.ts';

const INSTANT_MS = 100;
/** The contract: a booking for which nobody was rung ends so soon after its last moment. */
const EXPIRES_WITHIN_MS = 5_000;
const ZONE_OFFSETS: Record<string, number> = {
  'Etc/UTC': 0,
  'Asia/Kolkata': 330,
  'Asia/Kathmandu': 345,
  // Winter, in which the bookings are played.
  'America/St_Johns': -210,
};
const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** How far the clocks of this run may be from the truth. */
const slackOf = ({ schedule }: Run): number =>
  INSTANT_MS + (schedule.broken === 'clocks_agree' ? 0 : Math.abs(schedule.worker_skew_ms)) + schedule.clock_leap.by_ms;

/** The zones of executions on the test server are whole hours from UTC: `Etc/GMT+3` is three hours behind it. */
const offsetOf = (zone: string): number => ZONE_OFFSETS[zone] ?? -60 * Number(zone.replace('Etc/GMT', ''));

/** Minutes after midnight, weekday and date on the business's wall. */
function wall(zone: string, at: number): { minutes: number; day: string; date: string } {
  const local = new Date(at + offsetOf(zone) * 60_000);
  const minutes = local.getUTCHours() * 60 + local.getUTCMinutes();
  return { minutes, day: WEEK[local.getUTCDay()]!, date: local.toISOString().slice(0, 10) };
}

/** Whether a business may be rung at a moment, from its wall and calendar alone. */
function mayBeRung({ input, schedule }: Run, window: CallingWindow, at: number): boolean {
  const { business, zones } = input.order;
  const { weekdays } = schedule.times;
  return zones.every((zone) => {
    const { minutes, day, date } = wall(zone, at);
    const isIn = (from: number, to: number): boolean => minutes >= from && minutes < to;
    const opens = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    if (window.closed_days?.includes(date) || !isIn(window.from, window.to)) return false;
    if (weekdays.length > 0 && !weekdays.some((one) => one === day)) return false;
    const { opening_hours } = business;
    return (
      opening_hours === undefined ||
      opening_hours.some(({ days, from, to }) => days.some((one) => one === day) && isIn(opens(from), opens(to)))
    );
  });
}

/** Each dial leaves in the hours of business and installation, on no holiday, and between the booking's first and last moment. */
export function onlyAtItsTimes(run: Run): string | undefined {
  const { world, start } = run;
  const { not_before_ms, not_after_ms } = run.schedule.times;
  const slack = slackOf(run);
  for (const { n, at } of world.requests) {
    const window = world.circumstances.windowAt(at);
    const open = [at, at - slack, at + slack].some((moment) => mayBeRung(run, window, moment));
    if (!open) return `dial ${n} leaves while the business may not be rung`;
    if (not_before_ms < NEVER && at < start + not_before_ms - slack) return `dial ${n} leaves before not_before`;
    if (at > start + not_after_ms + slack) return `dial ${n} leaves after not_after`;
  }
  return undefined;
}

/** Nothing of ours was down: then nothing excuses a booking that is late. */
const isUndisturbed = ({ schedule, resets }: Run): boolean =>
  resets.length === 0 &&
  schedule.standstills.length + schedule.database_outages.length + schedule.older_databases.length === 0 &&
  schedule.clock_leap.by_ms === 0;

/** `expired` is said only of a booking that rang nobody until its last moment, and then it is said soon; none is simulated after it. */
export function expiredIsTrue(run: Run): string | undefined {
  const { outcome, world, schedule, start, simulations, ended_at = 0 } = run;
  const last = start + schedule.times.not_after_ms;
  const slack = slackOf(run);
  // A run that is set back repeats what it had begun.
  const simulated = simulations.find(
    (at) => at > last + slack && !run.resets.some((reset) => reset.at >= last && reset.at <= at),
  );
  if (simulated !== undefined) return 'a simulation begins after not_after';
  if (outcome?.result === 'expired') {
    if (schedule.times.not_after_ms >= NEVER) return 'expired, though it has no not_after';
    if (ended_at < last - slack) return `expired ${last - ended_at} ms before not_after`;
    const rang = world.legs.find(({ rang_at = Infinity }) => rang_at <= ended_at);
    return rang && `expired, though the phone rang for dial ${rang.n}`;
  }
  const waited = outcome !== null && ended_at > last && world.requests.length === 0;
  if (waited && outcome.result !== 'do_not_call' && outcome.result !== 'canceled' && isUndisturbed(run)) {
    const late = ended_at > last + EXPIRES_WITHIN_MS + slack;
    if (late) return `it ends as ${outcome.result} ${ended_at - last} ms after not_after, though nobody was dialed`;
  }
  return undefined;
}
