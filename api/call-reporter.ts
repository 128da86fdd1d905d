import type { CallReporter } from '../bridge/interface.ts';
import { parseCallId } from '../domain/ids.ts';
import type { Records } from '../records/interface.ts';
import type { AlarmLog } from './belied-alarm.ts';
import { deliver } from './deliver.ts';
import type { BookingGateway } from './deps.ts';

/**
 * How the bridge tells the workflow what happens in a call: kept as evidence first, then signaled. Rejects with
 * `Unavailable` when Temporal is out of reach; telling it again is harmless.
 */
export const callReporter = (deps: {
  gateway: Pick<BookingGateway, 'signal'>;
  records: Records;
  log: AlarmLog;
}): CallReporter => ({
  async report(evidence) {
    if (await deps.records.isErased({ booking_id: parseCallId(evidence.call_id)?.bookingId }))
      return { accepted: true };
    if (evidence.conversation_id) {
      await deps.records.linkAttempt(evidence.call_id, { conversation_id: evidence.conversation_id });
    }
    await deps.records.addEvidence(evidence);
    await deliver(deps, evidence.kind === 'report' ? 'reportResult' : 'bridgeEvent', evidence);
    return { accepted: true };
  },
});
