import { PHONE, PHONE_CHANNELS, type PhoneChannel, type Provider } from '../../domain/channels.ts';
import { afterDial, type Circuit, type Health, healthOf, permit } from '../../domain/circuit.ts';
import type { DialResult } from '../../domain/evidence.ts';
import { iso } from '../../domain/iso.ts';
import type { BookingOrder } from '../../domain/order.ts';
import { policyOf } from '../../domain/policy.ts';
import { CIRCUIT_OPEN } from '../alarm.ts';
import { type ActivityDependencies, clockOf } from '../dependencies.ts';
import type { Check, PlannedDial } from './check.ts';

const isLast = (channel: PhoneChannel, order: BookingOrder): boolean =>
  !PHONE_CHANNELS.slice(PHONE_CHANNELS.indexOf(channel) + 1).some((later) => policyOf(order, later).enabled);

/**
 * Result of a dial that an open circuit stops. The next phone channel follows, as after a refused account. On the last channel the dial
 * waits inside its budget until the provider works again: an outage of half a minute is no reason to simulate.
 */
function stopped(
  { channel, order }: PlannedDial,
  { why, until }: { why: 'down' | 'refused'; until: number },
  now: number,
): DialResult {
  const reason = why === 'down' ? 'gives no answer' : 'refuses the account';
  const problem = { code: CIRCUIT_OPEN, message: `${PHONE[channel].dialedAt} ${reason}: no dials for a while.` };
  return why === 'down' && isLast(channel, order)
    ? { proves: 'deferred', retry_after_ms: Math.max(until - now, 1_000), problem }
    : { proves: 'channel_refused', problem };
}

/** Asks the provider's circuit. Applies to dials only: hanging up, watching and reconciling never wait for it. */
export const circuit: Check = {
  name: "the provider's circuit",
  async refusal(dial) {
    const { deps, plan } = dial;
    const { call_id } = plan;
    const provider = PHONE[plan.channel].dialedAt;
    const now = clockOf(deps).now();
    // The circuit is almost always closed: reading it is enough.
    const seen = await deps.records.circuit(provider);
    if (seen.is === 'closed') {
      dial.passage = { provider, trial: false, doubted: seen.strikes.length > 0 };
      return undefined;
    }
    const early = permit(seen, call_id, now);
    if (early.may === 'not') return stopped(plan, early, now);
    const { before } = await deps.records.changeCircuit(provider, (last) => {
      const leave = permit(last, call_id, now);
      return leave.may === 'try' ? leave.next : last;
    });
    const leave = permit(before, call_id, now);
    if (leave.may === 'not') return stopped(plan, leave, now);
    const trial = leave.may === 'try';
    if (trial) deps.log.info({ provider, call_id }, 'circuit half open: one dial is let through');
    dial.passage = { provider, trial, doubted: true };
    return undefined;
  },
  /** Records in the circuit how the dial ended. */
  async release({ deps, plan, passage }, result) {
    const health = result && healthOf(result);
    const worthIt =
      passage?.trial || health === 'down' || health === 'refused' || (health === 'well' && passage?.doubted);
    if (!passage || !worthIt) return;
    const ended = { booking_id: plan.order.id, call_id: plan.call_id, health };
    const now = clockOf(deps).now();
    const { before, after } = await deps.records.changeCircuit(passage.provider, (seen) => afterDial(seen, ended, now));
    report(deps, passage.provider, before, after, health);
  },
};

/** Only the worker that changed the circuit reports it. */
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
    deps.alarms.raise(CIRCUIT_OPEN, `${provider} ${what} every dial: no dials for a while.`, fields);
  } else if (health !== undefined) {
    deps.log.warn(fields, 'circuit open again: the trial failed as well');
  }
}
