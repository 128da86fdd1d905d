/** `bk_…` names a booking, `bk_….n` one attempt of it: an attempt's id needs no look-up to find its booking. */
const CALL_ID = /^(bk_[a-z0-9]{4,40})\.([1-9][0-9]{0,3})$/;

export const callIdOf = (bookingId: string, n: number): string => `${bookingId}.${n}`;

/** The booking and number behind a `call_id`, or undefined when it is not one. */
export function parseCallId(callId: unknown): { bookingId: string; n: number } | undefined {
  const match = typeof callId === 'string' ? CALL_ID.exec(callId) : null;
  return match ? { bookingId: match[1]!, n: Number(match[2]) } : undefined;
}

/** The booking that a run's id names: its own, or that of a message or an erasure. */
export const bookingIdIn = (runId: unknown): string | undefined =>
  typeof runId === 'string' ? /bk_[a-z0-9]{4,40}/.exec(runId)?.[0] : undefined;

export const isBookingId = (id: unknown): id is string => typeof id === 'string' && /^bk_[a-z0-9]{4,40}$/.test(id);

/** Names the lock on a business's number, by the number's keyed hash. Whoever names it otherwise rings beside its holder. */
export const lineIdOf = (phoneHash: string): string => `line-${phoneHash}`;
