import { PHONE, PHONE_CHANNELS, type PhoneChannel, type Provider } from '../domain/channels.ts';
import { afterDial, type Circuit, type Health, healthOf, permit } from '../domain/circuit.ts';
import type { DialResult } from '../domain/evidence.ts';
import { iso } from '../domain/iso.ts';
import type { BookingOrder } from '../domain/order.ts';
import { policyOf } from '../domain/policy.ts';
import { CIRCUIT_OPEN } from './alarm.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import type { PlannedDial } from './planned-dial.ts';

/** How a dial got through its circuit: what is to be said there when it has ended. */
export interface Passage {
  provider: Provider;
  trial: boolean;
  /** Others had failed before it. */
  doubted: boolean;
}

const isLast = (channel: PhoneChannel, order: BookingOrder): boolean =>
  !PHONE_CHANNELS.slice(PHONE_CHANNELS.indexOf(channel) + 1).some((later) => policyOf(order, later).enabled);

/**
 * Nobody rang. With another real channel to go to it is that one's turn, as with a refused account. On the last one a provider
 * that is down is waited for inside the budget, as after any failure that passes: half a minute of it is no reason to simulate.
 */
function stopped(
  { channel, order }: PlannedDial,
  { why, until }: { why: 'down' | 'refused'; until: number },
  now: number,
): DialResult {
  const reason = why === 'down' ? 'gives no answer' : 'refuses the account';
  const problem = { code: CIRCUIT_OPEN, message: `${PHONE[channel].dialedAt} ${reason}: it is not asked for a while.` };
  return why === 'down' && isLast(channel, order)
    ? { proves: 'deferred', retry_after_ms: Math.max(until - now, 1_000), problem }
    : { proves: 'channel_refused', problem };
}

/**
 * Asks the channel's circuit for leave. Right before the request, and for dials alone: what ends a call, watches it or finds
 * out whether it rang is never held up. Throws when the database cannot be used.
 */
export async function passCircuit(deps: ActivityDependencies, dial: PlannedDial): Promise<Passage | DialResult> {
  const provider = PHONE[dial.channel].dialedAt;
  const now = clockOf(deps).now();
  // Almost always closed: a look is enough, nothing is written.
  const seen = await deps.records.circuit(provider);
  if (seen.is === 'closed') return { provider, trial: false, doubted: seen.strikes.length > 0 };
  const early = permit(seen, dial.call_id, now);
  if (early.may === 'not') return stopped(dial, early, now);
  const { before } = await deps.records.changeCircuit(provider, (circuit) => {
    const leave = permit(circuit, dial.call_id, now);
    return leave.may === 'try' ? leave.next : circuit;
  });
  const leave = permit(before, dial.call_id, now);
  if (leave.may === 'not') return stopped(dial, leave, now);
  const trial = leave.may === 'try';
  if (trial) deps.log.info({ provider, call_id: dial.call_id }, 'circuit half open: one dial is let through');
  return { provider, trial, doubted: true };
}

/** Tells the circuit how a dial ended; undefined: it did not leave after all. */
export async function tellCircuit(
  deps: ActivityDependencies,
  passage: Passage,
  dial: PlannedDial,
  result: DialResult | undefined,
): Promise<void> {
  const health = result && healthOf(result);
  const worthIt = passage.trial || health === 'down' || health === 'refused' || (health === 'well' && passage.doubted);
  if (!worthIt) return;
  const ended = { booking_id: dial.order.id, call_id: dial.call_id, health };
  const now = clockOf(deps).now();
  const { before, after } = await deps.records.changeCircuit(passage.provider, (circuit) =>
    afterDial(circuit, ended, now),
  );
  report(deps, passage.provider, before, after, health);
}

/** Whoever changed the circuit tells of it: one of all workers. */
function report(
  deps: ActivityDependencies,
  provider: Provider,
  before: Circuit,
  after: Circuit,
  health: Health | undefined,
): void {
  if (after === before) return;
  if (after.is === 'closed') {
    if (before.is === 'open') deps.log.info({ provider }, 'circuit closed: the provider works again');
    return;
  }
  const fields = { provider, why: after.why, until: iso(after.until) };
  if (before.is === 'closed') {
    const what = after.why === 'down' ? 'fails' : 'refuses the account on';
    deps.alarms.raise(CIRCUIT_OPEN, `${provider} ${what} every dial: it is not asked for a while.`, fields);
  } else if (health !== undefined) {
    deps.log.warn(fields, 'circuit open again: the trial failed as well');
  }
}
