import { budgetEndsAt } from './budget.ts';
import { callbackOfCall, othersOf } from './callback.ts';
import { notAfter } from './dial-times.ts';
import { mediaOf } from './known-media.ts';
import { capOf, isInbound, isPhone, personReport, reachedSomebody, ringEndsAt } from './leg.ts';
import type { Attempt, BookingState, Call, HangUpReason } from './state.ts';

/** A leg should end this soon after its conversation by itself; then it is hung up. */
const TALK_OVER_GRACE_MS = 10_000;
/** A bridged call must have its stream this long after the answer, or after our bridge got it from the provider. */
const STREAM_DUE_MS = 30_000;

interface Leg {
  state: BookingState;
  call: Call;
  /** All legs of the booking that may be alive, including this one. */
  alive: Call[];
  /** Except those in which the business asked for this call. */
  others: Attempt[];
  now: number;
}

interface Reason {
  why: HangUpReason;
  mode: 'cancel' | 'complete';
  /** Applies to answered or to unanswered legs only. */
  of?: 'answered' | 'unanswered';
  /** Applies only to calls that we dialed, or only to those of the business to us. */
  direction?: 'outbound' | 'inbound';
  /** Time (ms since 1970) from which it applies; Infinity: it does not, as far as is known. */
  from: (leg: Leg) => number;
}

/** A call of the business is joined to an agent in this time, or the leg of ours that it waits for has not ended. */
const JOINED_DUE_MS = 60_000;

/** Of several legs that may be alive, the one in conversation stays, else the one on which the business called us, else the earliest. */
const keeper = (alive: Call[]): Call | undefined =>
  alive.find((call) => call.answered_at !== undefined) ?? alive.find(isInbound) ?? alive[0];

const atOnce = (isSo: boolean): number => (isSo ? -Infinity : Infinity);
const after = (moment: number | undefined, ms: number): number => (moment ?? Infinity) + ms;

/** Reasons to end a leg; the first that applies counts. */
const REASONS: readonly Reason[] = [
  { why: 'cancel_requested', mode: 'complete', from: ({ state }) => atOnce(state.cancel_requested_at !== undefined) },
  // A business that calls after it was reached has something to say.
  {
    why: 'superseded',
    mode: 'complete',
    direction: 'outbound',
    from: ({ others }) => atOnce(others.some(personReport)),
  },
  { why: 'superseded', mode: 'complete', from: ({ call, alive }) => atOnce(keeper(alive) !== call) },
  {
    why: 'superseded',
    mode: 'cancel',
    of: 'unanswered',
    direction: 'outbound',
    from: ({ others }) => atOnce(others.filter(isPhone).some(reachedSomebody)),
  },
  { why: 'call_cap', mode: 'complete', from: ({ state, call }) => capOf(state, call) },
  {
    why: 'talk_over',
    mode: 'complete',
    of: 'answered',
    from: ({ call }) => after(call.conversation_over_at, TALK_OVER_GRACE_MS),
  },
  {
    why: 'no_stream',
    mode: 'complete',
    of: 'answered',
    from: ({ call }) =>
      mediaOf(call) === 'bridge' && !call.stream_started
        ? after(call.bridged_at ?? call.answered_at, STREAM_DUE_MS)
        : Infinity,
  },
  {
    why: 'no_stream',
    mode: 'complete',
    of: 'unanswered',
    direction: 'inbound',
    from: ({ call }) => after(call.sent_at, JOINED_DUE_MS),
  },
  {
    why: 'agent_failed',
    mode: 'cancel',
    of: 'unanswered',
    direction: 'outbound',
    from: ({ call }) => atOnce(call.agent_failed),
  },
  {
    why: 'budget_spent',
    mode: 'cancel',
    of: 'unanswered',
    direction: 'outbound',
    from: ({ state, call, now }) => callbackOfCall(state, call)?.until ?? budgetEndsAt(state, call.channel, now),
  },
  {
    why: 'not_after',
    mode: 'cancel',
    of: 'unanswered',
    direction: 'outbound',
    from: ({ state }) => notAfter(state),
  },
  {
    why: 'ring_timeout',
    mode: 'cancel',
    of: 'unanswered',
    direction: 'outbound',
    from: ({ state, call }) => ringEndsAt(state, call),
  },
];

/** Why the leg must be hung up now, or the times (ms since 1970) at which the known reasons would begin to apply. */
export function hangUpReason(
  state: BookingState,
  call: Call,
  alive: Call[],
  now: number,
): Pick<Reason, 'why' | 'mode'> | { not_before: number[] } {
  const others = othersOf(state, call);
  const stage = call.answered_at === undefined ? 'unanswered' : 'answered';
  const not_before: number[] = [];
  const own = isInbound(call) ? 'inbound' : 'outbound';
  for (const { why, mode, of = stage, direction = own, from } of REASONS) {
    if (of !== stage || direction !== own) continue;
    const begins = from({ state, call, alive, others, now });
    if (begins <= now) return { why, mode };
    not_before.push(begins);
  }
  return { not_before };
}
