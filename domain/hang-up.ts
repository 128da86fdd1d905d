import { budgetEndsAt } from './budget.ts';
import { callbackOfCall, othersOf } from './callback.ts';
import { mediaOf } from './known-media.ts';
import { capOf, isPhone, personReport, reachedSomebody, ringEndsAt } from './leg.ts';
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
  /** Time (ms since 1970) from which it applies; Infinity: it does not, as far as is known. */
  from: (leg: Leg) => number;
}

/** Of several legs that may be alive, the one in conversation stays, else the earliest. */
const keeper = (alive: Call[]): Call | undefined => alive.find((call) => call.answered_at !== undefined) ?? alive[0];

const atOnce = (isSo: boolean): number => (isSo ? -Infinity : Infinity);
const after = (moment: number | undefined, ms: number): number => (moment ?? Infinity) + ms;

/** Reasons to end a leg; the first that applies counts. */
const REASONS: readonly Reason[] = [
  { why: 'cancel_requested', mode: 'complete', from: ({ state }) => atOnce(state.cancel_requested_at !== undefined) },
  { why: 'superseded', mode: 'complete', from: ({ others }) => atOnce(others.some(personReport)) },
  { why: 'superseded', mode: 'complete', from: ({ call, alive }) => atOnce(keeper(alive) !== call) },
  {
    why: 'superseded',
    mode: 'cancel',
    of: 'unanswered',
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
  { why: 'agent_failed', mode: 'cancel', of: 'unanswered', from: ({ call }) => atOnce(call.agent_failed) },
  {
    why: 'budget_spent',
    mode: 'cancel',
    of: 'unanswered',
    from: ({ state, call, now }) => callbackOfCall(state, call)?.until ?? budgetEndsAt(state, call.channel, now),
  },
  { why: 'ring_timeout', mode: 'cancel', of: 'unanswered', from: ({ state, call }) => ringEndsAt(state, call) },
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
  for (const { why, mode, of = stage, from } of REASONS) {
    if (of !== stage) continue;
    const begins = from({ state, call, alive, others, now });
    if (begins <= now) return { why, mode };
    not_before.push(begins);
  }
  return { not_before };
}
