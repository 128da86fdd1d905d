import type { CallReporter } from '../bridge/interface.ts';
import type { BridgeEvidence, ReportEvidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { asksNeverToBeCalled } from '../domain/prohibition.ts';
import { deliver, deliverUnrecorded } from './deliver.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { Unavailable } from './gateway.ts';
import { unlessAway } from './unless-away.ts';

/** The agent waits for the answer of its tool. Temporal needs part of that time. */
const DATABASE_MS = 1_500;

/**
 * Reports events of a call from the bridge to the workflow: stored as evidence first, then signaled. While the database is unreachable, the
 * event is only signaled. Rejects with `Unavailable` when Temporal is unreachable. It is safe to report an event again.
 */
export const callReporter = (deps: Pick<DeliveryDependencies, 'gateway' | 'alarms' | 'records'>): CallReporter => ({
  async report(evidence) {
    const signal = evidence.kind === 'report' ? 'reportResult' : 'bridgeEvent';
    const kept = await unlessAway(keep(deps.records, evidence), DATABASE_MS);
    if (kept.away) {
      await deliverUnrecorded(deps.gateway, signal, evidence, kept.cause);
      // The workflow will write it. But the number is protected only once it is on the list.
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
