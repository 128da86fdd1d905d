import type { Evidence } from './evidence.ts';
import { callsOf, isTerminal } from './leg.ts';
import { localMoment } from './local-moment.ts';
import { type RejectingSip, rejects } from './rejecting-sip.ts';
import type { BookingState, Call } from './state.ts';

/** The SIP answer of a call that evidence shows to be rejected. */
export function rejectionIn(evidence: Evidence): RejectingSip | undefined {
  if (evidence.kind !== 'call_status') return undefined;
  const { status, sip_code } = evidence;
  return isTerminal(status) && status !== 'completed' && rejects(sip_code) ? sip_code : undefined;
}

export const isRejected = ({ rejected, answered_at }: Call): boolean =>
  rejected !== undefined && answered_at === undefined;

const STEP_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/** First quarter of an hour of the next local day. A day may have 23 or 25 hours, and a zone may skip a whole day. */
function nextDayIn(zone: string, at: number): number {
  const { date, time } = localMoment(zone, at);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const isToday = (moment: number): boolean => localMoment(zone, moment).date === date;
  let next = at - (at % 60_000) + DAY_MS - (hours * 60 + minutes) * 60_000;
  while (isToday(next)) next += STEP_MS;
  while (!isToday(next - STEP_MS)) next -= STEP_MS;
  return next;
}

/** The first moment at which it is a later day than at `at` in every zone. Milliseconds since 1970. */
export const nextLocalDay = (zones: readonly string[], at: number): number =>
  Math.max(at, ...zones.map((zone) => nextDayIn(zone, at)));

/**
 * No dial of the booking leaves before this time, on any channel: the business rejected a call on that day. Undefined: no such call.
 * @param besides a call that does not count
 */
export function restsUntil(state: BookingState, besides?: Call): number | undefined {
  const ends = callsOf(state)
    .filter((call) => call.n !== besides?.n && isRejected(call))
    .map((call) => call.ended_at ?? call.heard_at);
  return ends.length > 0 ? nextLocalDay(state.input.order.zones, Math.max(...ends)) : undefined;
}
