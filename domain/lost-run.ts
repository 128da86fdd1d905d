import { iso } from './iso.ts';
import type { Outcome } from './result.ts';
import { statusOf } from './result.ts';
import { type AttemptView, type BookingView, outcomeOfAnyVersion } from './view.ts';

/** How a booking's newest run stands in the engine: `gone`: closed, or not known there (any more). `outcome`: what a run that came to its end said. */
export type RunStanding = { is: 'open' } | { is: 'gone'; outcome?: Outcome | undefined };

const NOTES =
  'the run of this booking in Temporal was lost before its end (terminated, deleted, or in another Temporal): what its calls came to is not known';
const CANCELED_NOTES =
  'the run of this booking in Temporal was lost; the booking was ended because its cancellation was asked for';

/** The call may still be going on, or nobody will ever know how it ended. */
const isOpen = ({ status }: AttemptView): boolean =>
  status === 'dialing' || status === 'unknown' || status === 'ringing' || status === 'in_progress';

const closed = (attempt: AttemptView): AttemptView => {
  if (!isOpen(attempt)) return attempt;
  // A simulation has nobody on the line: it ends with its booking.
  return { ...attempt, status: attempt.channel === 'simulation' ? 'canceled' : 'unknown' };
};

/**
 * The honest end of a booking that no run will bring to an end any more: the outcome that the run came to, where it came to one that was
 * never written; else `canceled` where that was asked for, and `needs_review`. `now` in Unix ms.
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

/** Whether a leg of this booking may still ring or talk, as far as its record tells. */
export const mayStillRing = (view: Pick<BookingView, 'attempts'>): boolean =>
  view.attempts.some((attempt) => attempt.channel !== 'simulation' && isOpen(attempt));

/** Whether what a run returned is an outcome: an engine gives back whatever it was given. */
export function isOutcome(value: unknown): value is Outcome {
  const { result, evidence, simulated } = Object(value) as Partial<Outcome>;
  return (
    typeof result === 'string' &&
    statusOf(result) !== undefined &&
    Array.isArray(evidence) &&
    typeof simulated === 'boolean'
  );
}
