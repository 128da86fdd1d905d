import { callbackOfCall } from './callback.ts';
import type { Decision } from './decide.ts';
import { iso } from './iso.ts';
import { knownMediaOf } from './known-media.ts';
import { isPhone } from './leg.ts';
import { parentFields } from './parent.ts';
import type { BookingStatus } from './result.ts';
import { statusOf } from './result.ts';
import type { Attempt, BookingState, Call } from './state.ts';
import type { AttemptStatus, AttemptView, BookingView, Waiting } from './view.ts';
import { isTurn, waitView } from './waits.ts';

function endedStatus(attempt: Call): AttemptStatus {
  // Twilio may report another end afterwards, but somebody answered.
  if (attempt.answered_at !== undefined) return 'completed';
  switch (attempt.end_status) {
    case 'completed':
    case 'busy':
    case 'canceled':
      return attempt.end_status;
    case 'no-answer':
      return 'no_answer';
    default:
      return 'failed';
  }
}

/** Status of the attempt in the API. */
export function attemptStatus(attempt: Attempt): AttemptStatus {
  if (!isPhone(attempt)) {
    if (attempt.simulation === 'running') return 'in_progress';
    return attempt.simulation === 'done' ? 'completed' : 'failed';
  }
  switch (attempt.leg) {
    case 'dialing':
      return 'dialing';
    case 'unknown':
    case 'over':
      return 'unknown';
    case 'none':
      return 'failed';
    case 'ended':
      return endedStatus(attempt);
    case 'live':
      if (attempt.answered_at !== undefined) return 'in_progress';
      return attempt.rang ? 'ringing' : 'dialing';
  }
}

const directionOf = (attempt: Attempt): AttemptView['direction'] =>
  (isPhone(attempt) && attempt.direction) || 'outbound';

function viewAttempt(state: BookingState, attempt: Attempt, number: number): AttemptView {
  const status = attemptStatus(attempt);
  const call: Partial<Call> = isPhone(attempt) ? attempt : {};
  const open = status === 'dialing' || status === 'ringing' || status === 'in_progress';
  return {
    call_id: attempt.call_id,
    channel: attempt.channel,
    media: knownMediaOf(attempt),
    attempt: number,
    // A canceled simulation ends with its booking.
    status: state.outcome !== null && open ? 'canceled' : status,
    call_sid: call.call_sid ?? null,
    conversation_id: attempt.conversation_id ?? null,
    started_at: iso(attempt.dialed_at),
    ended_at: attempt.ended_at === undefined ? null : iso(attempt.ended_at),
    duration_seconds: call.duration_seconds ?? null,
    error: attempt.problem ?? null,
    ...(status === 'in_progress' && call.on_hold_since !== undefined ? { on_hold_since: iso(call.on_hold_since) } : {}),
    ...(isPhone(attempt) && callbackOfCall(state, attempt) ? { callback: true } : {}),
    direction: directionOf(attempt),
  };
}

function statusNow(state: BookingState): BookingStatus {
  if (state.outcome) return statusOf(state.outcome.result);
  return state.attempts.length > 0 ? 'in_progress' : 'queued';
}

/** The booking in the shape of the API. `waiting`: of its last decision, by `waitingOf`. */
export function viewOf(state: BookingState, waiting?: Waiting): BookingView {
  const count: Partial<Record<string, number>> = {};
  const attempts = state.attempts.map((attempt) => {
    const kind = `${attempt.channel} ${directionOf(attempt)}`;
    const number = (count[kind] ?? 0) + 1;
    count[kind] = number;
    return viewAttempt(state, attempt, number);
  });
  const channel = state.outcome ? state.outcome.channel : (attempts.at(-1)?.channel ?? null);
  return {
    id: state.input.order.id,
    status: statusNow(state),
    channel,
    simulated: state.outcome?.simulated ?? (state.input.settings.sandbox || channel === 'simulation'),
    outcome: state.outcome,
    // People give reviews after the booking's end; the database adds them.
    review: null,
    attempts,
    ...waitView(state.outcome ? undefined : waiting),
    // They come after the booking's end; the database adds them.
    follow_ups: [],
    cancel_requested: state.cancel_requested_at !== undefined,
    ...parentFields(state.input.order),
    metadata: state.input.order.metadata,
    created_at: iso(state.created_at),
    updated_at: iso(state.updated_at),
  };
}

/** The reason why the booking waits before it may call again. The end of another booking's call is unknown. */
export function waitingOf(state: BookingState, decision: Decision | undefined): Waiting | undefined {
  if (decision?.is !== 'going_on' || !decision.waiting_for) return undefined;
  const { waiting_for, wake_at } = decision;
  if (waiting_for === 'evidence' || waiting_for === 'call') return undefined;
  const after_attempts = state.attempts.length;
  const known = !isTurn(waiting_for) && wake_at !== undefined;
  return known ? { waiting_for, after_attempts, until: iso(wake_at) } : { waiting_for, after_attempts };
}
