import type { CallStatusEvidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { isTerminal } from '../domain/leg.ts';
import type { BookingRecords, StoredBooking } from '../records/ports/bookings.ts';
import type { CallRecords } from '../records/ports/calls.ts';
import type { EventRecords } from '../records/ports/events.ts';
import { type DeliverDependencies, type Delivered, deliver, deliverUnrecorded } from './deliver.ts';
import type { BookingGateway } from './gateway.ts';
import { unlessAway } from './unless-away.ts';

export interface CallStatusDependencies extends DeliverDependencies {
  records: Pick<BookingRecords, 'booking'> &
    Pick<EventRecords, 'addEvidence' | 'linkAttempt'> &
    Pick<CallRecords, 'callOver'>;
  gateway: DeliverDependencies['gateway'] & Pick<BookingGateway, 'state'>;
  /** Called while the phone rings or is about to; the status is stored afterwards. */
  rings: (callId: string, stored: StoredBooking) => Promise<void>;
  /** Called when the leg has ended, also if it belongs to no booking. */
  ended: (callId: string) => void;
}

/** `unknown`: no booking has this call. `is_new`: this status was not stored before, or could not be compared. */
export interface TakenCallStatus {
  answer: Delivered | 'unrecorded' | 'unknown';
  is_new: boolean;
}

/**
 * Takes a status of a phone leg: stores it and signals its workflow.
 * @throws Unavailable when neither the records nor the workflow could take it. The provider is then asked to repeat it.
 */
export async function takeCallStatus(
  evidence: CallStatusEvidence,
  deps: CallStatusDependencies,
): Promise<TakenCallStatus> {
  const kept = await unlessAway(keep(evidence, deps));
  if (kept.away)
    return { answer: await deliverUnrecorded(deps.gateway, 'callStatus', evidence, kept.cause), is_new: true };
  if (kept.value === 'unknown') return { answer: 'unknown', is_new: false };
  return { answer: await deliver(deps, 'callStatus', evidence), is_new: kept.value === 'new' };
}

async function keep(
  evidence: CallStatusEvidence,
  { records, rings, ended }: CallStatusDependencies,
): Promise<'new' | 'repeat' | 'unknown'> {
  const { call_id, call_sid, status } = evidence;
  const over = isTerminal(status);
  if (over) ended(call_id);
  const stored = await records.booking(parseCallId(call_id)?.bookingId ?? '');
  if (!stored) return 'unknown';
  if (status === 'initiated' || status === 'ringing') await rings(call_id, stored);
  await records.linkAttempt(call_id, { call_sid });
  const isNew = await records.addEvidence(evidence);
  if (over) await records.callOver(call_id);
  return isNew ? 'new' : 'repeat';
}

/** Stores a status of a call that is on record, and signals its workflow. For a caller who must not wait for either. */
export async function noteCallStatus(
  evidence: CallStatusEvidence,
  deps: DeliverDependencies & { records: Pick<EventRecords, 'addEvidence'> },
): Promise<void> {
  await deps.records.addEvidence(evidence);
  await deliver(deps, 'callStatus', evidence);
}
