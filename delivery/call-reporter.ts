import type { CallReporter } from '../bridge/interface.ts';
import type { BridgeEvidence, ReportEvidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { asksNeverToBeCalled } from '../domain/prohibition.ts';
import { deliver, deliverUnrecorded } from './deliver.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { Unavailable } from './gateway.ts';
import { unlessAway } from './unless-away.ts';

/** The agent waits for its tool's answer; Temporal must have its part of those seconds. */
const DATABASE_MS = 1_500;

/**
 * How the bridge tells the workflow what happens in a call: kept as evidence first, then signaled; while the database is away, only
 * signaled. Rejects with `Unavailable` when Temporal is out of reach; telling it again is harmless.
 */
export const callReporter = (deps: Pick<DeliveryDependencies, 'gateway' | 'alarms' | 'records'>): CallReporter => ({
  async report(evidence) {
    const signal = evidence.kind === 'report' ? 'reportResult' : 'bridgeEvent';
    const kept = await unlessAway(keep(deps.records, evidence), DATABASE_MS);
    if (kept.away) {
      await deliverUnrecorded(deps.gateway, signal, evidence, kept.cause);
      // The workflow sees to it; but it is forbidden only once the list says so.
      if (asksNeverToBeCalled(evidence)) throw new Unavailable('the do-not-call list is out of reach', kept);
    } else if (kept.value === 'kept') await deliver(deps, signal, evidence);
    return { accepted: true };
  },
});

async function keep(
  records: DeliveryDependencies['records'],
  evidence: BridgeEvidence | ReportEvidence,
): Promise<'kept' | 'erased'> {
  if (await records.isErased({ booking_id: parseCallId(evidence.call_id)?.bookingId })) return 'erased';
  if (evidence.conversation_id) {
    await records.linkAttempt(evidence.call_id, { conversation_id: evidence.conversation_id });
  }
  await records.addEvidence(evidence);
  return 'kept';
}
