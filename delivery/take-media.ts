import type { MediaEvidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import type { EventRecords } from '../records/ports/events.ts';
import { type DeliverDependencies, deliver, deliverUnrecorded } from './deliver.ts';
import type { BookingGateway } from './gateway.ts';
import { unlessAway } from './unless-away.ts';

/** Longest wait for the database: the callee waits in silence. */
const RECORD_MS = 1_500;

export interface MediaDependencies extends DeliverDependencies {
  records: DeliverDependencies['records'] & Pick<EventRecords, 'addEvidence' | 'linkAttempt'>;
  gateway: DeliverDependencies['gateway'] & Pick<BookingGateway, 'state'>;
  log: { warn(fields: object, message: string): void };
}

/**
 * Stores the decision who carries the audio of a call, and signals its workflow in the background, because the callee is waiting. False:
 * another process has stored its decision for the same request of Twilio's, and that one counts.
 */
export async function takeMedia(evidence: MediaEvidence, deps: MediaDependencies): Promise<boolean> {
  const kept = await unlessAway(keep(evidence, deps.records), RECORD_MS);
  if (!kept.away && !kept.value) return false;
  const told = kept.away
    ? deliverUnrecorded(deps.gateway, 'bridgeEvent', evidence, kept.cause)
    : deliver(deps, 'bridgeEvent', evidence);
  const booking_id = parseCallId(evidence.call_id)?.bookingId;
  told.catch((error) => deps.log.warn({ err: error, booking_id }, 'could not signal the media of a call'));
  return true;
}

async function keep(evidence: MediaEvidence, records: MediaDependencies['records']): Promise<boolean> {
  if (!(await records.addEvidence(evidence))) return false;
  const { call_id, conversation_id } = evidence;
  if (conversation_id) await records.linkAttempt(call_id, { conversation_id });
  return true;
}
