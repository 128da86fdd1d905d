import { isBookingId, isInboundCall, parseCallId } from '../domain/ids.ts';
import { bookingNamed, type ReportIds } from '../domain/report/read-report.ts';
import type { Report } from '../domain/result.ts';
import type { StoredBooking } from '../records/ports/bookings.ts';
import type { DeliveryDependencies } from './dependencies.ts';

/** The report is of no call: there is no such booking, or the call id is not an attempt of it. */
export type Refused = 'unknown_booking' | 'not_an_attempt';

/** Call of a report. `erased`: the booking was erased, and nothing of it may be stored. */
export type ReportedCall = { call_id: string } | 'erased' | { refused: Refused };

type Deps = Pick<DeliveryDependencies, 'records' | 'gateway'>;

/** True when the attempt belongs to the booking, as far as is known. Asks the workflow where the database lags behind. */
async function hasAttempt(
  { gateway, records }: Deps,
  { view: stored }: StoredBooking,
  callId: string,
): Promise<boolean> {
  const has = (attempts: { call_id: string }[]) => attempts.some((attempt) => attempt.call_id === callId);
  if (has(stored.attempts)) return true;
  if (isInboundCall(callId)) return (await records.inboundCall(callId))?.booking_id === stored.id;
  const view = await gateway.state(stored.id);
  return view === undefined || has(view.attempts);
}

/** The call that identifies the number of a booking. */
async function lastCallOf({ gateway }: Deps, { view: stored }: StoredBooking): Promise<string | undefined> {
  const { attempts } = (await gateway.state(stored.id)) ?? stored;
  return attempts.findLast(({ channel }) => channel !== 'simulation')?.call_id;
}

/** The stored ones among the bookings; `erased` when one of them, or the booking of the conversation, was erased. */
async function onRecord(
  { records }: Deps,
  bookingIds: readonly string[],
  conversation_id: string | undefined,
): Promise<StoredBooking[] | 'erased'> {
  const found: StoredBooking[] = [];
  for (const booking_id of new Set(bookingIds)) {
    const booking = await records.booking(booking_id);
    if (booking) found.push(booking);
    else if (await records.isErased({ booking_id })) return 'erased';
  }
  return conversation_id && (await records.isErased({ conversation_id })) ? 'erased' : found;
}

/**
 * Finds the call of a report. A call id that is an attempt's decides. Where an agent invented it or left it empty, the conversation
 * decides. A request never to be called again counts as long as anything names the booking.
 */
export async function reportedCall(
  deps: Deps,
  { ids, report }: { ids: ReportIds; report: Report },
): Promise<ReportedCall> {
  const { records } = deps;
  const { booking_id, call_id, conversation_id } = ids;
  const named = bookingNamed(ids);
  const stored = named ? await records.booking(named) : undefined;
  if (call_id && stored && (await hasAttempt(deps, stored, call_id))) return { call_id };

  const ofTalk = conversation_id ? await records.findAttempt({ conversation_id }) : undefined;
  const talked = parseCallId(ofTalk)?.bookingId;
  const ofCall = parseCallId(call_id)?.bookingId;
  const bookingIds = [talked, ofCall, booking_id].filter(isBookingId);
  const bookings = await onRecord(deps, bookingIds, conversation_id);
  if (bookings === 'erased') return 'erased';
  const isKnown = (bookingId: string | undefined): boolean => bookings.some(({ view }) => view.id === bookingId);
  if (ofTalk && isKnown(talked)) return { call_id: ofTalk };
  if (report.result === 'do_not_call') {
    for (const booking of bookings) {
      const last = await lastCallOf(deps, booking);
      if (last) return { call_id: last };
    }
  }
  const said = booking_id ?? ofCall;
  const isUnknown = said === undefined ? conversation_id !== undefined : !isKnown(said);
  return { refused: isUnknown ? 'unknown_booking' : 'not_an_attempt' };
}
