import { contradictsOutcome } from '../domain/contradicts-outcome.ts';
import type { Evidence } from '../domain/evidence.ts';
import { isFollowUp } from '../domain/follow-up.ts';
import { isInboundCall, parseCallId } from '../domain/ids.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';
import { recordSpan } from '../tracing/span.ts';
import { reported } from '../tracing/story.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { type BookingGateway, type SignalName, Unavailable } from './gateway.ts';
import { unlessAway } from './unless-away.ts';

/** Recently signaled evidence, by gateway. The workflow keeps each piece; a repeat would only make its history longer. */
const TOLD = new WeakMap<object, Map<string, Promise<'delivered' | 'closed'>>>();
const MAX_TOLD = 10_000;
/** The evidence was stored, and its booking read, a moment ago. A database that answers at all answers within this time. */
const LOOK_MS = 1_000;

/** Result of a delivery. `belies`: the booking is closed, and its outcome assumes that nobody answered that call. */
export type Delivered = 'delivered' | 'closed' | 'belies';

type Tell = Pick<BookingGateway, 'signal' | 'followUp'>;

export interface DeliverDependencies extends Pick<DeliveryDependencies, 'alarms'> {
  gateway: Tell;
  records: Pick<BookingRecords, 'booking'>;
}

/**
 * Signals each piece of evidence once while this process remembers it, also when two arrive at the same time. A signal takes a piece of the
 * workflow's bounded history, and anyone who has captured one genuine webhook can send it any number of times.
 */
function once(
  gateway: Tell,
  name: SignalName,
  evidence: Evidence,
  to: 'booking' | 'follow_up' = 'booking',
): Promise<'delivered' | 'closed'> {
  const told = TOLD.get(gateway) ?? new Map<string, Promise<'delivered' | 'closed'>>();
  TOLD.set(gateway, told);
  const key = `${to} ${name} ${evidence.call_id} ${evidence.id}`;
  const before = told.get(key);
  if (before) return before;
  traceReport(evidence);
  const telling = to === 'booking' ? gateway.signal(name, evidence) : gateway.followUp(name, evidence);
  told.set(key, telling);
  telling.catch(() => told.delete(key));
  if (told.size > MAX_TOLD) told.delete(told.keys().next().value!);
  return telling;
}

function traceReport(evidence: Evidence): void {
  const bookingId = parseCallId(evidence.call_id)?.bookingId;
  if (evidence.kind === 'report' && bookingId !== undefined) recordSpan(reported(bookingId, evidence));
}

/**
 * Signals the workflow about evidence that is stored already. Skips a booking that has its outcome, unless it is about a call after it. A run that is just closing refuses
 * signals for a moment; the provider must not repeat its webhook for that. Raises an alarm when the evidence contradicts the outcome.
 * @throws Unavailable when Temporal is unreachable and the booking may still need the evidence.
 * @example
 * ```ts
 * await records.addEvidence(evidence);
 * const delivered = await deliver({ gateway, records, alarms }, 'callStatus', evidence);
 * ```
 */
export async function deliver(
  { gateway, records, alarms }: DeliverDependencies,
  name: SignalName,
  evidence: Evidence,
): Promise<Delivered> {
  const booking_id = parseCallId(evidence.call_id)?.bookingId ?? '';
  const afterTheOutcome = async (): Promise<Delivered | undefined> => {
    // While the database is unreachable, signal: the workflow knows best whether it still needs the evidence.
    const looked = await unlessAway(records.booking(booking_id), LOOK_MS);
    const view = looked.away ? undefined : looked.value?.view;
    if (!view?.outcome) return undefined;
    if (isFollowUp(view, evidence)) return once(gateway, name, evidence, 'follow_up');
    if (!contradictsOutcome(view, evidence)) return 'closed';
    alarms.outcomeContradicted(booking_id, evidence);
    return 'belies';
  };
  const late = await afterTheOutcome();
  if (late) return late;
  try {
    const answer = await once(gateway, name, evidence);
    // The booking may have got its outcome since the first look.
    if (answer === 'delivered') return answer;
    const closed = await afterTheOutcome();
    // An older database may lack the outcome of a run that has ended: a caller is followed all the same.
    return closed ?? (isInboundCall(evidence.call_id) ? once(gateway, name, evidence, 'follow_up') : answer);
  } catch (error) {
    const closed = await afterTheOutcome();
    if (closed) return closed;
    throw error;
  }
}

/**
 * Signals the workflow about evidence that could not be stored because the database is unreachable (`cause`). The workflow keeps it and
 * stores it once the database is back.
 * @throws Unavailable when the workflow does not have it either: Temporal is unreachable, or there is no such run.
 */
export async function deliverUnrecorded(
  gateway: Tell & Pick<BookingGateway, 'state'>,
  name: SignalName,
  evidence: Evidence,
  cause: unknown,
): Promise<'unrecorded'> {
  const answer = await once(gateway, name, evidence);
  if (answer === 'closed') throw new Unavailable('no run takes what the database cannot', { cause });
  // A run that only collects late results has its outcome and stores nothing more.
  const view = await gateway.state(parseCallId(evidence.call_id)?.bookingId ?? '');
  if (view?.outcome) throw new Unavailable('the run has its outcome and keeps nothing more', { cause });
  return 'unrecorded';
}
