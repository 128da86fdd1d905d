import { isBelied } from '../domain/belied.ts';
import type { Evidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import type { BookingRecords } from '../records/ports/bookings.ts';
import type { DeliveryDependencies } from './dependencies.ts';
import { type BookingGateway, type SignalName, Unavailable } from './gateway.ts';
import { unlessAway } from './unless-away.ts';

/** What was delivered lately, by engine: the workflow has it for good, and a repeat would only make its history longer. */
const TOLD = new WeakMap<object, Map<string, Promise<'delivered' | 'closed'>>>();
const MOST_TOLD = 10_000;
/** The evidence is on record, and its booking has just been looked at: a database that answers at all answers at once. */
const LOOK_MS = 1_000;

/** What became of it. `belies`: the booking is closed, and its outcome took that call for one that nobody answered. */
export type Delivered = 'delivered' | 'closed' | 'belies';

type Tell = Pick<BookingGateway, 'signal'>;

export interface DeliverDependencies extends Pick<DeliveryDependencies, 'alarms'> {
  gateway: Tell;
  records: Pick<BookingRecords, 'booking'>;
}

/**
 * Signals each piece of evidence once while this process remembers it, also when it comes twice at the same time: a signal
 * costs the workflow a piece of its bounded history, and whoever has got hold of one genuine webhook can send it for ever.
 */
function once(gateway: Tell, name: SignalName, evidence: Evidence): Promise<'delivered' | 'closed'> {
  const told = TOLD.get(gateway) ?? new Map<string, Promise<'delivered' | 'closed'>>();
  TOLD.set(gateway, told);
  const key = `${name} ${evidence.call_id} ${evidence.id}`;
  const before = told.get(key);
  if (before) return before;
  const telling = gateway.signal(name, evidence);
  told.set(key, telling);
  telling.catch(() => told.delete(key));
  if (told.size > MOST_TOLD) told.delete(told.keys().next().value!);
  return telling;
}

/**
 * Tells the workflow of evidence that is on record already. A booking that has its outcome needs no telling; one that is
 * just closing refuses signals for a moment, which is no reason to have a provider send again what changes nothing. Operators
 * are alarmed when it belies the outcome.
 * @throws Unavailable when Temporal is out of reach and the booking may still need it.
 */
export async function deliver(
  { gateway, records, alarms }: DeliverDependencies,
  name: SignalName,
  evidence: Evidence,
): Promise<Delivered> {
  const booking_id = parseCallId(evidence.call_id)?.bookingId ?? '';
  const afterTheOutcome = async (): Promise<Delivered | undefined> => {
    // While the database is away the workflow is told, which knows best whether it still needs it.
    const looked = await unlessAway(records.booking(booking_id), LOOK_MS);
    const view = looked.away ? undefined : looked.value?.view;
    if (!view?.outcome) return undefined;
    if (!isBelied(view, evidence)) return 'closed';
    alarms.outcomeBelied(booking_id, evidence);
    return 'belies';
  };
  const late = await afterTheOutcome();
  if (late) return late;
  try {
    const answer = await once(gateway, name, evidence);
    // It may have got its outcome since it was looked at.
    return answer === 'closed' ? ((await afterTheOutcome()) ?? 'closed') : answer;
  } catch (error) {
    const closed = await afterTheOutcome();
    if (closed) return closed;
    throw error;
  }
}

/**
 * Tells the workflow of evidence that could not be put on record, the database being away (`cause`): the workflow keeps it and
 * writes it down once that is back.
 * @throws Unavailable when the workflow does not have it either: Temporal is out of reach, or there is no such run.
 */
export async function deliverUnrecorded(
  gateway: Tell & Pick<BookingGateway, 'state'>,
  name: SignalName,
  evidence: Evidence,
  cause: unknown,
): Promise<'unrecorded'> {
  const answer = await once(gateway, name, evidence);
  if (answer === 'closed') throw new Unavailable('no run takes what the database cannot', { cause });
  // A run that collects what outlives its calls has its outcome, and keeps nothing any more.
  const view = await gateway.state(parseCallId(evidence.call_id)?.bookingId ?? '');
  if (view?.outcome) throw new Unavailable('the run has its outcome and keeps nothing more', { cause });
  return 'unrecorded';
}
