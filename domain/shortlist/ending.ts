import { type FollowUp, isInDoubt } from '../follow-up.ts';
import { isReviewable } from '../review.ts';
import type { AttemptView, BookingView } from '../view.ts';
import type { Ending } from './state.ts';

/** The business rang back and gave the appointment, as the words of that talk show. */
const isGiven = ({ proof }: FollowUp): boolean => proof !== null;

const mayHaveRung = ({ channel, status }: AttemptView): boolean => channel !== 'simulation' && status !== 'failed';

type Known = Pick<BookingView, 'outcome' | 'review' | 'follow_ups' | 'contradictions'>;

/** The call of the business that made an appointment, or may have: that one only until a person decides. */
function ringBack({ review, follow_ups }: Known): FollowUp | undefined {
  const given = follow_ups.findLast(isGiven);
  if (given) return given;
  const doubtful = follow_ups.findLast(isInDoubt);
  return doubtful && !(review && Date.parse(review.at) >= Date.parse(doubtful.at)) ? doubtful : undefined;
}

/** The providers contradict the outcome, and nobody has decided since: there may have been a talk that it does not know. */
const isContradicted = ({ outcome, review, contradictions = [] }: Known): boolean =>
  outcome?.result !== 'confirmed' &&
  contradictions.some(({ at }) => !(review && Date.parse(review.at) >= Date.parse(at)));

/**
 * The end of a booking as its shortlist counts it; undefined: it has none yet. A business that rings back after the outcome may give an
 * appointment, and then nobody else may be called: it counts as `confirmed`, or without proof as `needs_review`. So does an outcome that an
 * audit found contradicted. A review counts in place of a doubt.
 */
export function endingOf(view: Known & Pick<BookingView, 'id' | 'attempts'>): Ending | undefined {
  const { id: booking_id, outcome, review, attempts } = view;
  if (!outcome) return undefined;
  const { result, simulated, confirmed_date, confirmed_time, callback_at } = outcome;
  const none = { confirmed_date: null, confirmed_time: null };
  const call = result === 'confirmed' ? undefined : ringBack(view);
  if (call?.proof) {
    const { report, proof } = call;
    return {
      booking_id,
      result: 'confirmed',
      confirmed_date: report?.confirmed_date ?? proof.date?.value ?? null,
      confirmed_time: report?.confirmed_time ?? proof.time?.value ?? null,
      simulated: false,
      reviewed: false,
    };
  }
  if (call) return { booking_id, result: 'needs_review', ...none, simulated: false, reviewed: false };
  if (isContradicted(view)) return { booking_id, result: 'needs_review', ...none, simulated, reviewed: false };
  if (review && isReviewable(view)) {
    const { decision } = review;
    const { confirmed_date, confirmed_time } = decision;
    return { booking_id, result: decision.result, confirmed_date, confirmed_time, simulated, reviewed: true };
  }
  const callback = callback_at === null ? {} : { callback_at: Date.parse(callback_at) };
  const untouched = result === 'canceled' && attempts.length === 0 ? { untouched: true as const } : {};
  const rang = result === 'error' && attempts.some(mayHaveRung) ? { rang: true as const } : {};
  const said = { booking_id, result, confirmed_date, confirmed_time, simulated, reviewed: false };
  return { ...said, ...callback, ...untouched, ...rang };
}

/** The proof of the appointment that `endingOf` found; null: a person decided, or there is none. */
export function proofOf(view: Known & Pick<BookingView, 'id' | 'attempts'>): FollowUp['proof'] {
  if (view.outcome?.result === 'confirmed') return view.outcome.proof;
  return ringBack(view)?.proof ?? null;
}
