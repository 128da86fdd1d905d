import { isWanted } from './check-callbacks.ts';
import type { Run } from './run.ts';
import type { TrueLeg } from './truth.ts';

/** How long after its own cap a leg may be ended by us, where its provider does not. */
const END_BOUND_MS = 90_000;

/** A business that calls us hears one sentence, until it is joined to an agent. */
const beganAt = (leg: TrueLeg): number => (leg.inbound ? (leg.answered_at ?? Infinity) : leg.created_at);

const aliveAt = (leg: TrueLeg, at: number): boolean =>
  beganAt(leg) <= at && (leg.ended_at === undefined || leg.ended_at > at);

export function oneLegAlive({ world }: Run, most: number): string | undefined {
  for (const leg of world.legs) {
    const alive = world.legs.filter((other) => aliveAt(other, beganAt(leg)));
    if (alive.length > most) {
      return `${alive.map((one) => one.call_id).join(' and ')} are alive at once`;
    }
  }
  return undefined;
}

export function nobodyRungAfterAPerson(run: Run): string | undefined {
  const { world } = run;
  const reached = world.legs.filter((leg) => leg.person && leg.answered_at !== undefined);
  const late = world.requests.filter((request) =>
    reached.some((leg) => request.at > leg.answered_at! && !isWanted(run, leg, request)),
  );
  return late.length > 0 ? `dial ${late.map((one) => one.n).join(', ')} left after a person was reached` : undefined;
}

export function legsEndInTime({ world }: Run): string | undefined {
  for (const leg of world.legs) {
    if (leg.ended_at === undefined) return `${leg.call_id} never ends`;
    if (leg.rang_at === undefined) continue;
    const ring = (leg.ring_seconds + 5) * 1000;
    const cap = leg.answered_at === undefined ? leg.rang_at + ring : leg.answered_at + leg.max_call_seconds * 1000;
    if (leg.ended_at > cap + END_BOUND_MS) return `${leg.call_id} lives ${leg.ended_at - cap} ms past its cap`;
  }
  return undefined;
}

export function noLegOutlivesTheBooking({ world, ended_at }: Run): string | undefined {
  if (ended_at === undefined) return undefined;
  const left = world.legs.find(
    (leg) =>
      (leg.ended_at === undefined || leg.ended_at > ended_at) &&
      // An older database has the business's call for a booking that has ended: it gets a run of its own.
      !(leg.inbound && leg.created_at > ended_at),
  );
  if (left) return `${left.call_id} outlives the booking`;
  return undefined;
}
