import type { Channel, Media } from './channels.ts';
import type { Contradiction } from './contradiction.ts';
import type { Evidence, Problem } from './evidence.ts';
import { knownMediaOf } from './known-media.ts';
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

/** One attempt, as the API shows it. Times ISO 8601, UTC; duration in seconds from the answer. */
export interface AttemptView {
  call_id: string;
  channel: Channel;
  /** Who carries the sound; null: a simulation, or not known yet. */
  media: Media | null;
  attempt: number;
  status: AttemptStatus;
  call_sid: string | null;
  conversation_id: string | null;
  started_at: string;
  ended_at: string | null;
  duration_seconds: number | null;
  error: Problem | null;
}

/** What the providers' lists showed after the outcome, and when it was seen (ISO 8601, UTC). */
export type ContradictionView = Contradiction & { at: string };

/** One booking, as the API shows it. */
export interface BookingView {
  id: string;
  status: BookingStatus;
  channel: Channel | null;
  /** Nobody is phoned for it: the sandbox has it, or it has come to Option C. Stays as its outcome says. */
  simulated: boolean;
  outcome: Outcome | null;
  /** What a person decided where the evidence did not settle it; the outcome itself stays as it is. */
  review: Review | null;
  /** What a later look at the providers' lists showed that the outcome did not know; absent: nothing. */
  contradictions?: ContradictionView[] | undefined;
  attempts: AttemptView[];
  cancel_requested: boolean;
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string;
}

/** An outcome that an earlier version wrote, which asked for no proof. */
export const outcomeOfAnyVersion = (outcome: Outcome): Outcome => ({ ...outcome, proof: outcome.proof ?? null });

const attemptOfAnyVersion = (attempt: AttemptView): AttemptView => ({
  ...attempt,
  media: attempt.media ?? knownMediaOf(attempt),
});

/** A booking that an earlier version wrote, which said of the outcome alone that it was simulated. */
export const ofAnyVersion = (view: BookingView): BookingView => ({
  ...view,
  attempts: view.attempts.map(attemptOfAnyVersion),
  simulated: view.simulated ?? view.outcome?.simulated ?? view.channel === 'simulation',
  outcome: view.outcome && outcomeOfAnyVersion(view.outcome),
});

export function eventOfAnyVersion(event: BookingEvent): BookingEvent {
  if (event.type === 'final') return { ...event, outcome: outcomeOfAnyVersion(event.outcome) };
  return event.type === 'attempt' ? { ...event, attempt: attemptOfAnyVersion(event.attempt) } : event;
}

export type WaitReason = 'redial_delay' | 'calling_hours' | 'line_busy' | 'rate_limit' | 'other_accounts' | 'no_worker';

/** Why nothing rings now, and until when, where that is known (ISO 8601, UTC). */
export interface Waiting {
  waiting_for: WaitReason;
  /** Attempts so far. */
  after_attempts: number;
  until?: string | undefined;
}

/** Something worth telling an observer: goes to the booking's event stream. */
export type BookingEvent =
  | ({ type: 'status'; at: string; status: BookingStatus; channel: Channel | null } & Partial<Waiting>)
  | { type: 'attempt'; at: string; attempt: AttemptView }
  | { type: 'evidence'; at: string; evidence: Evidence }
  | { type: 'turn'; at: string; call_id: string; role: 'agent' | 'business'; message: string; at_seconds: number }
  | { type: 'final'; at: string; outcome: Outcome };

/** What the workflow writes to the read model: the booking, and what is new since the last write. */
export interface BookingSnapshot {
  /** The state's revision: never goes back. */
  version: number;
  view: BookingView;
  /** New events, in order. */
  events: BookingEvent[];
}
