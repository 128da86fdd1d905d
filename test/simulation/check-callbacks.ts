import { afterOpenTime, nextOpening } from '../../domain/calling-window.ts';
import { policyOf } from '../../domain/policy.ts';
import { hoursOf } from '../../domain/weekly-hours.ts';
import type { Run } from './run.ts';
import type { TrueLeg } from './truth.ts';

type Request = Run['world']['requests'][number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Between the last look at the clock and the request. */
const INSTANT_MS = 100;

/** How far the clocks of this run may be from the truth. */
const tolerance = ({ schedule }: Run): number =>
  INSTANT_MS +
  (schedule.broken === 'clocks_agree' ? 60_000 : Math.abs(schedule.worker_skew_ms)) +
  schedule.clock_leap.by_ms;

/** All moments at which a time that was named without its day may have been understood: nobody knows when the talk was. */
const understoodAt = ({ asks_at = Infinity, plan }: TrueLeg): number[] =>
  plan.call_me_dated ? [asks_at] : [asks_at, asks_at + DAY];

/** Until when the call that was asked for may start, at the latest. */
function until(run: Run, leg: TrueLeg): number {
  const { order } = run.input;
  const { ring_seconds, redial_delay_seconds, max_attempts } = policyOf(order, leg.channel);
  const late = 0.5 * HOUR + (max_attempts - 1) * (redial_delay_seconds + ring_seconds) * 1000;
  const windows = [run.start, Infinity].map((at) =>
    hoursOf(run.world.circumstances.windowAt(at), order.business.opening_hours),
  );
  return Math.max(
    ...understoodAt(leg).flatMap((at) =>
      windows.map((window) => {
        const opening = nextOpening(window, order.zones, at);
        return opening === undefined ? -Infinity : (afterOpenTime(window, order.zones, opening, late) ?? Infinity);
      }),
    ),
  );
}

/**
 * True when whoever answered this leg asked for this very dial: from the time on that was named, and not for ever, on the channel on which
 * they were reached, as often as the order allows.
 */
export function isAskedFor(run: Run, leg: TrueLeg, { at, channel }: Request): boolean {
  const { enabled, max_callbacks } = run.schedule.callback;
  const slack = tolerance(run);
  if (!enabled || leg.asks_at === undefined || channel !== leg.channel) return false;
  const before = run.world.legs.filter((one) => one.asks_at !== undefined && one.n <= leg.n).length;
  return before <= max_callbacks && at >= leg.asks_at - slack && at <= until(run, leg) + slack;
}

/** The same, also where a call that was asked for came between, in which the next one was asked for. */
export const isWanted = (run: Run, leg: TrueLeg, request: Request): boolean =>
  isAskedFor(run, leg, request) ||
  run.world.legs.some((between) => {
    const own = run.world.requests.find(({ n }) => n === between.n);
    if (own === undefined || between.n <= leg.n || own.at >= request.at) return false;
    return isAskedFor(run, leg, own) && isWanted(run, between, request);
  });

/** The leg in which somebody asked for this dial. */
export const askedIn = (run: Run, request: Request): TrueLeg | undefined =>
  run.world.legs.findLast((leg) => leg.created_at < request.at && isAskedFor(run, leg, request));

/** Somebody was reached by a call for which this one had asked: that one decides. */
export const isFollowedUp = (run: Run, callId: string): boolean => {
  const asked = run.world.legs.find((leg) => leg.call_id === callId && leg.asks_at !== undefined);
  if (asked === undefined) return false;
  // A call whose end could not be proved may have left no trace in the world.
  // A business that rings back instead may do so on another channel.
  if (run.world.legs.some((leg) => leg.inbound && leg.created_at > asked.created_at)) return true;
  const unproved = run.outcome?.result === 'needs_review' ? run.world.requests : [];
  return [...run.world.legs, ...unproved].some(({ n, channel }) => n > asked.n && channel === asked.channel);
};

/** How long calls that were asked for may put off the end of a booking. */
export function callbacksTake({ schedule, world }: Run, eachMs: number): number {
  const { enabled, max_callbacks, within_hours } = schedule.callback;
  if (!enabled || world.legs.every((leg) => leg.asks_at === undefined)) return 0;
  return max_callbacks * (within_hours * HOUR + eachMs);
}
