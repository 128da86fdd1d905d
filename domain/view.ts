import type { Channel, Media } from './channels.ts';
import type { Contradiction } from './contradiction.ts';
import type { Evidence, Problem } from './evidence.ts';
import type { FollowUp } from './follow-up.ts';
import { knownMediaOf } from './known-media.ts';
import type { LineAct } from './line-acts.ts';
import type { Parented } from './parent.ts';
import type { BookingStatus, Outcome } from './result.ts';
import type { Review } from './review.ts';

export const ATTEMPT_STATUSES = [
  'dialing',
  'unknown',
  'ringing',
  'in_progress',
  'completed',
  'busy',
  'no_answer',
  'failed',
  'canceled',
] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

/** One attempt in the shape of the API. Times ISO 8601, UTC; duration in seconds from the answer. */
export interface AttemptView {
  call_id: string;
  channel: Channel;
  /** The side that carries the audio; null: a simulation, or not known yet. */
  media: Media | null;
  attempt: number;
  /** `inbound`: the business called our number. */
  direction: 'outbound' | 'inbound';
  status: AttemptStatus;
  call_sid: string | null;
  conversation_id: string | null;
  started_at: string;
  ended_at: string | null;
  duration_seconds: number | null;
  error: Problem | null;
  /** Since then the call is on hold; absent: it is not. */
  on_hold_since?: string | undefined;
  /** The business had asked for this call. */
  callback?: true | undefined;
}

/** The reasons for which an open booking waits before its next dial. */
export const WAITS = ['not_before', 'hours', 'number', 'place', 'frequency', 'callback', 'dialing'] as const;
export type Wait = (typeof WAITS)[number];

/** A finding of the audit, and its time (ISO 8601, UTC). */
export type ContradictionView = Contradiction & { at: string };

/** One booking in the shape of the API. */
export interface BookingView extends Parented {
  id: string;
  status: BookingStatus;
  channel: Channel | null;
  /** Nobody is called: the sandbox has the booking, or it is in the channel `simulation`. The outcome decides it in the end. */
  simulated: boolean;
  outcome: Outcome | null;
  /** A person's decision, if the evidence does not decide; the outcome itself stays as it is. */
  review: Review | null;
  /** Findings of the audit that contradict the outcome; absent: none. */
  contradictions?: ContradictionView[] | undefined;
  attempts: AttemptView[];
  /** Why the next dial waits; null: it does not, or only for the delay after an attempt. */
  waiting_for: Wait | null;
  /** The end of that wait, if known (ISO 8601, UTC). */
  waiting_until: string | null;
  /** Calls of the business after the outcome, which they do not change. */
  follow_ups: FollowUp[];
  cancel_requested: boolean;
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string;
}

/** Reads an outcome of an earlier version, which needed no proof and knew of no offers. */
export const outcomeOfAnyVersion = (outcome: Outcome): Outcome => ({
  ...outcome,
  proof: outcome.proof ?? null,
  offers: outcome.offers ?? [],
  callback_at: outcome.callback_at ?? null,
});

const attemptOfAnyVersion = (attempt: AttemptView): AttemptView => ({
  ...attempt,
  direction: attempt.direction ?? 'outbound',
  media: attempt.media ?? knownMediaOf(attempt),
});

/** Reads a booking of an earlier version, which had `simulated` only in its outcome, and its waits only in events. */
export const ofAnyVersion = (view: BookingView): BookingView => ({
  ...view,
  attempts: view.attempts.map(attemptOfAnyVersion),
  waiting_for: view.waiting_for ?? null,
  waiting_until: view.waiting_until ?? null,
  follow_ups: view.follow_ups ?? [],
  simulated: view.simulated ?? view.outcome?.simulated ?? view.channel === 'simulation',
  outcome: view.outcome && outcomeOfAnyVersion(view.outcome),
});

export function eventOfAnyVersion(event: BookingEvent): BookingEvent {
  if (event.type === 'final') return { ...event, outcome: outcomeOfAnyVersion(event.outcome) };
  return event.type === 'attempt' ? { ...event, attempt: attemptOfAnyVersion(event.attempt) } : event;
}

/** Why nobody is called now. `domain/waits.ts` has the word that bookings show for each. */
export type WaitReason =
  | 'redial_delay'
  | 'calling_hours'
  | 'line_busy'
  | 'place'
  | 'rate_limit'
  | 'other_accounts'
  | 'no_worker'
  | 'not_before'
  | 'callback'
  | 'dialing';

/** Why nobody is called now, and until when, if known (ISO 8601, UTC). */
export interface Waiting {
  waiting_for: WaitReason;
  /** Number of attempts so far. */
  after_attempts: number;
  until?: string | undefined;
}

/** An entry of the booking's event stream. */
export type BookingEvent =
  /** `waiting_for` has the reasons' earlier names; `wait` is the booking's `waiting_for`. */
  | ({
      type: 'status';
      at: string;
      status: BookingStatus;
      channel: Channel | null;
      wait?: Wait | null | undefined;
    } & Partial<Waiting>)
  | { type: 'attempt'; at: string; attempt: AttemptView }
  | { type: 'evidence'; at: string; evidence: Evidence }
  | ({
      type: 'turn';
      at: string;
      call_id: string;
      role: 'agent' | 'business';
      message: string;
      at_seconds: number;
    } & LineAct)
  | { type: 'final'; at: string; outcome: Outcome };

/** Content of one write to the read model: the booking, and the events since the last write. */
export interface BookingSnapshot {
  /** The state's revision. It never goes back. */
  version: number;
  view: BookingView;
  /** New events, in order. */
  events: BookingEvent[];
}
