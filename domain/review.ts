import { type FollowUp, isInDoubt } from './follow-up.ts';
import { REPORT_RESULTS } from './result.ts';

/** Decisions that a person can make about a booking whose evidence does not decide it. */
export const DECISIONS = [...REPORT_RESULTS, 'unreachable'] as const;

/** A person's decision. Dates `YYYY-MM-DD`, times `HH:MM`; `confirmed` has both, other results have neither. */
export interface Decision {
  result: (typeof DECISIONS)[number];
  confirmed_date: string | null;
  confirmed_time: string | null;
  notes: string | null;
}

/** A decision next to an outcome `needs_review`, which stays as it is. */
export interface Review {
  decision: Decision;
  /** The person, as signed. */
  by: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** One of a booking's reviews, as operators see it. The last one counts. */
export interface ReviewRecord extends Review {
  /** From 1, in the order in which they were given. */
  number: number;
  /** Distinguishes operator keys: the beginning of a keyed hash, never the key. */
  key: string;
}

/** A repeated decision of the same person adds nothing. */
export const isSameReview = (a: Pick<Review, 'decision' | 'by'>, b: Pick<Review, 'decision' | 'by'>): boolean =>
  a.by === b.by &&
  a.decision.result === b.decision.result &&
  a.decision.confirmed_date === b.decision.confirmed_date &&
  a.decision.confirmed_time === b.decision.confirmed_time &&
  a.decision.notes === b.decision.notes;

/** Facts about a booking that came after its outcome. */
interface Since {
  follow_ups: readonly FollowUp[];
  contradictions?: readonly { at: string }[] | undefined;
}

/**
 * True when a doubt came after this decision: the business called again and its appointment has no proof, or an audit contradicts the outcome.
 * Then the same decision is a new one.
 */
export const isOvertaken = ({ at }: { at: string }, { follow_ups, contradictions = [] }: Since): boolean =>
  [...follow_ups.filter(isInDoubt), ...contradictions].some((one) => Date.parse(one.at) > Date.parse(at));

/**
 * True when a person may decide: the evidence does not settle the booking, or the appointment of a later call of the business, or the
 * providers contradict an outcome without an appointment.
 */
export const isReviewable = ({
  outcome,
  follow_ups,
  contradictions = [],
}: { outcome: { result: string } | null } & Since): boolean =>
  outcome?.result === 'needs_review' ||
  (outcome !== null && outcome.result !== 'confirmed' && (follow_ups.some(isInDoubt) || contradictions.length > 0));
