import { iso } from '../iso.ts';
import type { BookingOrder, BookingWish, Escalation } from '../order.ts';
import type { BookingStatus, Proof, Result } from '../result.ts';
import type { ShortlistEnd, ShortlistResult, Step } from './decide.ts';
import type { Candidate, ShortlistState } from './state.ts';

/** A shortlist as it was accepted. Erased parts are null. */
export interface ShortlistOrder {
  id: string;
  candidates: { business: BookingOrder['business'] | null; zones: string[] }[];
  request: BookingWish | null;
  language?: string | undefined;
  agent?: BookingOrder['agent'];
  escalation: Escalation;
  /** ISO 8601, UTC. */
  decide_by?: string | undefined;
  callback_url?: string | undefined;
  metadata: Record<string, string>;
  created_at: string;
}

export const CANDIDATE_STATUSES = ['not_asked', 'asking', 'asked'] as const;

export interface CandidateStanding {
  status: (typeof CANDIDATE_STATUSES)[number];
  booking_id: string | null;
  result: Result | null;
}

export interface ShortlistOutcome {
  result: ShortlistResult;
  /** Booking and candidate (from 1) that confirmed; null for other results. */
  booking_id: string | null;
  candidate: number | null;
  confirmed_date: string | null;
  confirmed_time: string | null;
  proof: Proof | null;
  simulated: boolean;
}

/** The part of a shortlist that changes. */
export interface ShortlistProgress {
  status: BookingStatus;
  outcome: ShortlistOutcome | null;
  candidates: CandidateStanding[];
  /** Why nobody is asked now; null: somebody is, or a review is awaited. */
  waiting_for: 'hours' | 'callback' | null;
  waiting_until: string | null;
  cancel_requested: boolean;
  updated_at: string;
}

export type ShortlistView = Omit<ShortlistOrder, 'candidates'> &
  Omit<ShortlistProgress, 'candidates'> & {
    candidates: (CandidateStanding & { business: BookingOrder['business'] | null })[];
  };

export type ShortlistEvent =
  | { type: 'status'; at: string; status: BookingStatus }
  | ({ type: 'candidate'; at: string; candidate: number } & CandidateStanding)
  | { type: 'final'; at: string; outcome: ShortlistOutcome };

const STATUS_OF: Record<ShortlistResult, BookingStatus> = {
  confirmed: 'completed',
  none_confirmed: 'failed',
  expired: 'failed',
  error: 'failed',
  canceled: 'canceled',
};

function standing({ ending, ended_by, booking_ids }: Candidate, isAsking: boolean): CandidateStanding {
  const last = booking_ids.at(-1) ?? null;
  const booking_id = isAsking ? last : (ended_by ?? last);
  if (isAsking) return { status: 'asking', booking_id, result: null };
  // Nobody knows the result of a booking that was erased first.
  const result = !ending || ending.result === 'lost' ? null : ending.result;
  return { status: ending && result !== 'canceled' ? 'asked' : 'not_asked', booking_id, result };
}

const outcomeOf = ({ reviewed: _, ...end }: ShortlistEnd): ShortlistOutcome => ({ ...end, proof: null });

/**
 * The shortlist at `now` (ms since 1970). `proof` is not in the workflow: the record of the booking has it.
 */
export function progressOf(state: ShortlistState, step: Step | undefined, now: number): ShortlistProgress {
  const end = step?.do === 'end' ? step.end : undefined;
  const begun = state.asking !== undefined || state.candidates.some(({ ending }) => ending);
  const open: BookingStatus = step?.do === 'halt' ? 'needs_review' : begun ? 'in_progress' : 'queued';
  return {
    status: end ? STATUS_OF[end.result] : open,
    outcome: end ? outcomeOf(end) : null,
    candidates: state.candidates.map((one, i) => standing(one, state.asking?.candidate === i + 1)),
    waiting_for: step?.do === 'wait' ? step.why : null,
    waiting_until: step?.do === 'wait' ? iso(step.until) : null,
    cancel_requested: state.cancel_requested,
    // A wait, and an end by time alone, come without a fact.
    updated_at: iso(now),
  };
}

/** An open shortlist, ended as its run says. `now` in ms since 1970. */
export const endedAs = (progress: ShortlistProgress, end: ShortlistEnd, now: number): ShortlistProgress => ({
  ...progress,
  status: STATUS_OF[end.result],
  outcome: outcomeOf(end),
  waiting_for: null,
  waiting_until: null,
  updated_at: iso(now),
});

/** The events between two writes. */
export function eventsBetween(before: ShortlistProgress | undefined, now: ShortlistProgress): ShortlistEvent[] {
  const at = now.updated_at;
  const events: ShortlistEvent[] = [];
  if (before?.status !== now.status) events.push({ type: 'status', at, status: now.status });
  for (const [i, one] of now.candidates.entries()) {
    const was = before?.candidates[i] ?? { status: 'not_asked', booking_id: null, result: null };
    if (was.status !== one.status || was.booking_id !== one.booking_id || was.result !== one.result)
      events.push({ type: 'candidate', at, candidate: i + 1, ...one });
  }
  if (now.outcome && !before?.outcome) events.push({ type: 'final', at, outcome: now.outcome });
  return events;
}

/** The shortlist as the API shows it. */
export const shortlistView = (order: ShortlistOrder, progress: ShortlistProgress): ShortlistView => ({
  ...order,
  ...progress,
  candidates: order.candidates.map(({ business }, i) => ({ business, ...progress.candidates[i]! })),
});

/** The progress of a shortlist whose workflow has not written yet. */
export const queuedProgress = ({ candidates, created_at }: ShortlistOrder): ShortlistProgress => ({
  status: 'queued',
  outcome: null,
  candidates: candidates.map(() => ({ status: 'not_asked', booking_id: null, result: null })),
  waiting_for: null,
  waiting_until: null,
  cancel_requested: false,
  updated_at: created_at,
});
