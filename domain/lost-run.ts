import { iso } from './iso.ts';
import type { Outcome } from './result.ts';
import { statusOf } from './result.ts';
import { type AttemptView, type BookingView, outcomeOfAnyVersion } from './view.ts';

/** State of a booking's newest run in Temporal. `gone`: closed, or unknown there. `outcome`: the result of a completed run. */
export type RunStanding = { is: 'open' } | { is: 'gone'; outcome?: Outcome | undefined };

const NOTES =
  'the run of this booking in Temporal was lost before its end (terminated, deleted, or in another Temporal): the results of its calls are unknown';
const CANCELED_NOTES =
  'the run of this booking in Temporal was lost; the booking was ended because a cancel was requested';

/** True when the call may still go on, or when its end will never be known. */
const isOpen = ({ status }: AttemptView): boolean =>
  status === 'dialing' || status === 'unknown' || status === 'ringing' || status === 'in_progress';

const closed = (attempt: AttemptView): AttemptView => {
  if (!isOpen(attempt)) return attempt;
  // A simulation has nobody on the line: it ends with its booking.
  return { ...attempt, status: attempt.channel === 'simulation' ? 'canceled' : 'unknown' };
};

/**
 * The honest end of a booking that has no run any more: the run's own outcome if it was never written; else `canceled` if that was
 * requested, else `needs_review`.
 * @param now milliseconds since 1970
 */
export function lostEnd(view: BookingView, sandbox: boolean, said: Outcome | undefined, now: number): BookingView {
  const attempts = view.attempts.map(closed);
  const channel = attempts.findLast((attempt) => attempt.status !== 'failed')?.channel ?? null;
  const result = view.cancel_requested ? ('canceled' as const) : ('needs_review' as const);
  const outcome: Outcome = (said && outcomeOfAnyVersion(said)) ?? {
    result,
    channel,
    simulated: sandbox || channel === 'simulation',
    confirmed_date: null,
    confirmed_time: null,
    notes: result === 'canceled' ? CANCELED_NOTES : NOTES,
    evidence: [],
    proof: null,
    offers: [],
    callback_at: null,
  };
  return {
    ...view,
    status: statusOf(outcome.result),
    channel: outcome.channel,
    simulated: outcome.simulated,
    outcome,
    attempts,
    updated_at: iso(now),
  };
}

/** True when a leg of this booking may still ring or talk, according to its record. */
export const mayStillRing = (view: Pick<BookingView, 'attempts'>): boolean =>
  view.attempts.some((attempt) => attempt.channel !== 'simulation' && isOpen(attempt));

/** True when the result of a run is an outcome: Temporal returns any value that a run returned. */
export function isOutcome(value: unknown): value is Outcome {
  const { result, evidence, simulated } = Object(value) as Partial<Outcome>;
  return (
    typeof result === 'string' &&
    statusOf(result) !== undefined &&
    Array.isArray(evidence) &&
    typeof simulated === 'boolean'
  );
}
