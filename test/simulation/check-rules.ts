import { afterOpenTime, openTimeBetween } from '../../domain/calling-window.ts';
import { PHONE_CHANNELS, type PhoneChannel } from '../../domain/channels.ts';
import { policyOf } from '../../domain/policy.ts';
import { hoursOf } from '../../domain/weekly-hours.ts';
import { askedIn } from './check-callbacks.ts';
import type { Run } from './run.ts';

/** Between the last look at the clock and the request. */
export const INSTANT_MS = 100;

/** How far the clocks of this run may be from the truth. */
export const tolerance = ({ schedule }: Run): number =>
  INSTANT_MS + (schedule.broken === 'clocks_agree' ? 0 : Math.abs(schedule.worker_skew_ms)) + schedule.clock_leap.by_ms;

/** When a channel's budget ends at the latest: by the hours of the acceptance or by the present ones. */
function budgetEnds(run: Run, channel: PhoneChannel, first: number, until: number): number {
  const { order } = run.input;
  const { circumstances } = run.world;
  const waits = run.line_waits.filter(({ from }) => from < until);
  const budget = policyOf(order, channel).budget_seconds * 1000;
  const { opening_hours } = order.business;
  const windows = [run.start, until].map((at) => hoursOf(circumstances.windowAt(at), opening_hours));
  // How long a wait was is said by the hours that were known then.
  const paused = waits.reduce(
    (sum, { from, to }) =>
      sum + Math.max(...windows.map((window) => openTimeBetween(window, order.zones, from, Math.min(to, until)))),
    0,
  );
  return Math.max(...windows.map((window) => afterOpenTime(window, order.zones, first, budget + paused) ?? Infinity));
}

export function onlyInBudget(run: Run): string | undefined {
  const slack = tolerance(run);
  for (const request of run.world.requests) {
    // A call that was asked for has a time of its own.
    if (askedIn(run, request)) continue;
    // A run that was set back to before the channel's first dial counts from the next one.
    const since = [run.start, ...run.resets.map(({ at }) => at).filter((at) => at <= request.at)];
    const firsts = since.flatMap(
      (at) => run.dials.find((dial) => dial.channel === request.channel && dial.decided_at >= at)?.decided_at ?? [],
    );
    const ends = firsts.map((first) => budgetEnds(run, request.channel, first, request.at + slack));
    if (request.at > Math.max(...ends) + slack) return `dial ${request.n} leaves after its channel’s budget`;
  }
  return undefined;
}

export function attemptsAreBounded(run: Run): string | undefined {
  for (const channel of PHONE_CHANNELS) {
    const { max_attempts: most, enabled } = policyOf(run.input.order, channel);
    const legs = run.world.legs.filter((leg) => leg.channel === channel && !leg.inbound);
    const asking = legs.map((leg) => {
      const request = run.world.requests.find(({ n }) => n === leg.n);
      return request && askedIn(run, request)?.n;
    });
    for (const n of new Set(asking)) {
      const again = asking.filter((one) => one === n).length;
      if (n !== undefined && again > most)
        return `${again} calls on ${channel} for one request, where ${most} are allowed`;
    }
    const placed = asking.filter((n) => n === undefined).length;
    if (placed > most) return `${placed} calls on ${channel}, where ${most} are allowed`;
    if (placed > 0 && !enabled) return `a call on ${channel}, which is off`;
  }
  return undefined;
}

/** From its acknowledgement on, whatever stands still meanwhile: the engine keeps it, and a dial that waited must ask. */
export function cancelIsObeyed({ cancel_at, world, dials }: Run): string | undefined {
  if (cancel_at === undefined) return undefined;
  const askedAt = (n: number, at: number): number =>
    dials.find((one) => one.n === n && one.asked_at !== undefined && one.asked_at <= at)?.asked_at ?? at;
  const late = world.requests.find(({ n, at }) => askedAt(n, at) > cancel_at + INSTANT_MS);
  return late && `dial ${late.n} leaves after the client's cancel`;
}
