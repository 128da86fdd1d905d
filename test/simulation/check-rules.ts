import { afterOpenTime, isOpen, openTimeBetween } from '../../domain/calling-window.ts';
import type { Run } from './run.ts';

/** Between the last look at the clock and the request. */
const INSTANT_MS = 100;

/** How far the clocks of this run may be from the truth. */
const tolerance = ({ schedule }: Run): number =>
  INSTANT_MS + (schedule.broken === 'clocks_agree' ? 0 : Math.abs(schedule.worker_skew_ms)) + schedule.clock_leap.by_ms;

export function onlyInHoursAndBudget(run: Run): string | undefined {
  const { settings, order } = run.input;
  const window = settings.calling_window;
  const slack = tolerance(run);
  for (const request of run.world.requests) {
    const open = [request.at, request.at - slack, request.at + slack].some((at) => isOpen(window, order.zones, at));
    if (!open) return `dial ${request.n} leaves outside the calling window`;
    const first = run.dials.find((dial) => dial.channel === request.channel)!.decided_at;
    const paused = run.line_waits
      .filter(({ from }) => from < request.at)
      .reduce(
        (sum, { from, to }) => sum + openTimeBetween(window, order.zones, from, Math.min(to, request.at + slack)),
        0,
      );
    const budget = order.escalation[request.channel].budget_seconds * 1000;
    const ends = afterOpenTime(window, order.zones, first, budget + paused);
    if (ends !== undefined && request.at > ends + slack) return `dial ${request.n} leaves after its channel’s budget`;
  }
  return undefined;
}

export function attemptsAreBounded(run: Run): string | undefined {
  for (const channel of ['native', 'bridge'] as const) {
    const placed = run.world.legs.filter((leg) => leg.channel === channel).length;
    const most = run.input.order.escalation[channel].max_attempts;
    if (placed > most) return `${placed} calls on ${channel}, where ${most} are allowed`;
    if (placed > 0 && !run.input.order.escalation[channel].enabled) return `a call on ${channel}, which is off`;
  }
  return undefined;
}

export function doNotCallIsObeyed({ schedule, start, world }: Run): string | undefined {
  const late = world.requests.find((request) => request.at > start + schedule.do_not_call_at_ms + INSTANT_MS);
  return late && `dial ${late.n} leaves though the number is on the do-not-call list`;
}

/** From its acknowledgement on, whatever stands still meanwhile: the engine keeps it, and a dial that waited must ask. */
export function cancelIsObeyed({ cancel_at, world }: Run): string | undefined {
  if (cancel_at === undefined) return undefined;
  const late = world.requests.find((request) => request.at > cancel_at + INSTANT_MS);
  return late && `dial ${late.n} leaves after the client's cancel`;
}
