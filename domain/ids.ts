/** `bk_…` is the id of a booking, `bk_….n` of one attempt: an attempt's id leads to its booking without a query. */
const CALL_ID = /^(bk_[a-z0-9]{4,40})\.([1-9][0-9]{0,3})$/;

export const callIdOf = (bookingId: string, n: number): string => `${bookingId}.${n}`;

/**
 * Numbers of a booking's calls from this one on are calls of the business to us. The API gives them, while the workflow numbers its dials:
 * the two must never give the same number.
 */
export const FIRST_INBOUND = 9_001;
/** Calls of the business that one booking takes. A further caller is a stranger. */
export const MAX_INBOUND = 30;

/** True when the number of a call is one of the business's calls to us. */
export const isInboundNumber = (n: number): boolean => n >= FIRST_INBOUND;

/** True when this is the id of a call of the business to us. */
export const isInboundCall = (callId: unknown): boolean => isInboundNumber(parseCallId(callId)?.n ?? 0);

/** Id of the run that follows a call of the business after the booking's outcome. */
export const followUpRunId = (callId: string): string => `follow-up-${callId}`;

/** Booking id and number in a `call_id`; undefined when it is not a valid one. */
export function parseCallId(callId: unknown): { bookingId: string; n: number } | undefined {
  const match = typeof callId === 'string' ? CALL_ID.exec(callId) : null;
  return match ? { bookingId: match[1]!, n: Number(match[2]) } : undefined;
}

/** Booking id in a run's id, which may be that of a booking, a message or an erasure. */
export const bookingIdIn = (runId: unknown): string | undefined =>
  typeof runId === 'string' ? /bk_[a-z0-9]{4,40}/.exec(runId)?.[0] : undefined;

export const isBookingId = (id: unknown): id is string => typeof id === 'string' && /^bk_[a-z0-9]{4,40}$/.test(id);

/** Id of the line of a business's number, from the number's keyed hash. A booking that uses another id would call next to the holder. */
export const lineIdOf = (phoneHash: string): string => `line-${phoneHash}`;
