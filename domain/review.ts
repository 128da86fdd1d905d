import { REPORT_RESULTS } from './result.ts';

/** What a person can find out about a booking whose evidence does not settle it. */
export const DECISIONS = [...REPORT_RESULTS, 'unreachable'] as const;

/** What a person decided. Dates `YYYY-MM-DD`, times `HH:MM`; both are there for `confirmed`, and only then. */
export interface Decision {
  result: (typeof DECISIONS)[number];
  confirmed_date: string | null;
  confirmed_time: string | null;
  notes: string | null;
}

/** A decision beside an outcome `needs_review`, which stays as it is. */
export interface Review {
  decision: Decision;
  /** Who decided, as that person signed. */
  by: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** One of a booking's reviews, as operators see it: the last one counts. */
export interface ReviewRecord extends Review {
  /** From 1, in the order in which they were given. */
  number: number;
  /** Tells operator keys apart: the beginning of a keyed hash, never the key. */
  key: string;
}

/** The same person saying the same thing again adds nothing. */
export const isSameReview = (a: Pick<Review, 'decision' | 'by'>, b: Pick<Review, 'decision' | 'by'>): boolean =>
  a.by === b.by &&
  a.decision.result === b.decision.result &&
  a.decision.confirmed_date === b.decision.confirmed_date &&
  a.decision.confirmed_time === b.decision.confirmed_time &&
  a.decision.notes === b.decision.notes;
