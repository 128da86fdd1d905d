import { isOpen } from '../../domain/calling-window.ts';
import type { Run } from './run.ts';

/** Between the last question and the request. */
const INSTANT_MS = 100;

/** A call leaves once; in the world each request for it is seen, whoever sent it. */
export function noDialTwice({ world }: Run): string | undefined {
  const seen = new Set<number>();
  for (const { n } of world.requests) {
    if (seen.has(n)) return `dial ${n} leaves twice`;
    seen.add(n);
  }
  return undefined;
}

export function nothingUnderOtherAccounts({ world, simulations, input }: Run): string | undefined {
  const intrusion = world.intrusions[0];
  if (intrusion) return `${intrusion.what} while our processes work with other accounts`;
  const foreign = simulations.find((at) => world.circumstances.isElsewhere(at));
  if (foreign !== undefined)
    return `a simulation of a booking of ${input.settings.accounts?.mode} begins under other accounts`;
  return undefined;
}

export function forbiddenIsHeeded({ world, exact }: Run): string | undefined {
  const from = (world.forbidden_at ?? Infinity) + INSTANT_MS;
  const late = world.requests.find((request) => (exact ? request.forbidden : request.at > from));
  return late && `dial ${late.n} leaves ${late.at - world.forbidden_at!} ms after its number was forbidden`;
}

/** The hours and countries of the moment in which a dial leaves, by the worst of our clocks. */
export function presentLimitsHold({ world, input, schedule }: Run): string | undefined {
  const skew = schedule.broken === 'clocks_agree' ? 0 : Math.abs(schedule.worker_skew_ms);
  const slack = INSTANT_MS + skew + schedule.clock_leap.by_ms;
  for (const request of world.requests) {
    const window = world.circumstances.windowAt(request.at);
    const open = [request.at, request.at - slack, request.at + slack].some((at) =>
      isOpen(window, input.order.zones, at),
    );
    if (!open) return `dial ${request.n} leaves outside the hours that hold now`;
    if (world.circumstances.isBarred(request.at))
      return `dial ${request.n} leaves for a country that is not allowed any more`;
  }
  return undefined;
}

/** Without an accepted, open row, or without a run that asks for it, nobody is rung. */
export function onlyWhatIsOnRecord({ world, gone_at = Infinity, ended_at = Infinity, dials }: Run): string | undefined {
  for (const request of world.requests) {
    if (!request.on_record) return `dial ${request.n} leaves though no open booking is on record`;
    const asked = dials.findLast(
      (dial) => dial.n === request.n && (dial.asked_at ?? request.at) <= request.at,
    )?.asked_at;
    if ((asked ?? request.at) > gone_at + INSTANT_MS) return `dial ${request.n} leaves though its run is gone`;
    if (request.at > ended_at + INSTANT_MS) return `dial ${request.n} leaves though the booking has its outcome`;
  }
  return undefined;
}
