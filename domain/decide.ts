import { arbitrate, outcomeOf, type Verdict } from './arbiter.ts';
import { othersOf } from './callback.ts';
import type { PhoneChannel } from './channels.ts';
import { notAfter } from './dial-times.ts';
import { hangUpReason } from './hang-up.ts';
import {
  callsOf,
  dialsOf,
  giveUpAt,
  isPhone,
  isSimulating,
  mayBeAlive,
  personReport,
  phoneRang,
  reachedSomebody,
} from './leg.ts';
import { nextCallback } from './next-callback.ts';
import { nextTry } from './next-dial.ts';
import { WATCH_PACE_MS } from './pace.ts';
import { restsUntil } from './rejection.ts';
import type { Outcome } from './result.ts';
import type { BookingState, Call, HangUpReason } from './state.ts';
import type { WaitReason } from './view.ts';

/**
 * One thing that should be in progress. The workflow starts tasks that are not running yet, and cancels running tasks that are not listed.
 */
export type Task =
  | { do: 'take_line'; channel: PhoneChannel }
  | { do: 'release_line' }
  | { do: 'dial'; channel: PhoneChannel; not_after: number }
  | { do: 'reconcile'; n: number }
  /** `once_more`: the last look before a missing result counts. It ends even if it finds nothing. */
  | { do: 'watch'; n: number; once_more?: true }
  | { do: 'hang_up'; n: number; why: HangUpReason; mode: 'cancel' | 'complete' }
  | { do: 'simulate' };

/** Key of a task: at most one task of each key runs at a time. */
export const taskKey = (task: Task): string => {
  const name = 'n' in task ? `${task.do} ${task.n}` : task.do;
  return task.do === 'watch' && task.once_more ? `${name} once more` : name;
};

/** The tasks of now, and the time to decide again if nothing happens before (ms since 1970). */
export type Decision =
  | { is: 'final'; outcome: Outcome }
  | {
      is: 'going_on';
      tasks: Task[];
      wake_at?: number | undefined;
      waiting_for?: WaitReason | 'evidence' | 'call' | undefined;
    };

/** A hang-up without visible effect is repeated after this long, then after twice as long each time. */
const HANG_UP_AGAIN_MS = 10_000;

/**
 * True when a dial that has not left yet must not leave any more: the client cancels, its last moment has passed, another leg of this
 * booking has appeared meanwhile that is alive or reached somebody who did not ask for this call, or a call turned out to have been rejected
 * on this day. A dial that has left cannot be recalled.
 * @param now milliseconds since 1970
 */
export const isMoot = (state: BookingState, dialing: Call, now: number): boolean =>
  state.cancel_requested_at !== undefined ||
  now >= notAfter(state) ||
  dialing.dialed_at < (restsUntil(state, dialing) ?? -Infinity) ||
  othersOf(state, dialing).some(
    (other) => (isPhone(other) && (mayBeAlive(other) || reachedSomebody(other))) || personReport(other) !== undefined,
  );

/** True while a dial that was decided on and has not left may still leave. */
export function isStillWanted(state: BookingState, callId: string, now: number): boolean {
  const dialing = dialsOf(state).at(-1);
  if (state.outcome !== null || dialing?.call_id !== callId || dialing.leg !== 'dialing') return false;
  return !isMoot(state, dialing, now);
}

/** Time of the next look at a silent leg. */
function watchDue(attempt: Call): number {
  const lastAsked = attempt.asked_at ?? -Infinity;
  if (attempt.leg === 'ended')
    return Math.max(attempt.heard_at, attempt.ended_at ?? 0, lastAsked) + WATCH_PACE_MS.ended;
  // The talk is over: everything now waits for the leg's end.
  if (attempt.conversation_over_at !== undefined) {
    return Math.max(attempt.conversation_over_at, lastAsked + WATCH_PACE_MS.ended);
  }
  return attempt.heard_at + (attempt.answered_at === undefined ? WATCH_PACE_MS.ringing : WATCH_PACE_MS.talking);
}

function superviseLeg(
  state: BookingState,
  attempt: Call,
  alive: Call[],
  now: number,
): { tasks: Task[]; wakes: number[] } {
  if (attempt.leg === 'dialing') return { tasks: [], wakes: [notAfter(state)].filter((moment) => moment > now) };
  if (attempt.leg === 'unknown') return { tasks: [{ do: 'reconcile', n: attempt.n }], wakes: [] };
  const tasks: Task[] = [];
  const wakes = [giveUpAt(state, attempt)];
  const due = watchDue(attempt);
  if (due <= now) tasks.push({ do: 'watch', n: attempt.n });
  else wakes.push(due);

  const reason = hangUpReason(state, attempt, alive, now);
  if ('not_before' in reason) wakes.push(...reason.not_before);
  else if (attempt.call_sid !== undefined) {
    const { asked_at = -Infinity, tries = 0 } = attempt.hang_up ?? {};
    const again = asked_at + HANG_UP_AGAIN_MS * 2 ** Math.max(tries - 1, 0);
    if (attempt.hang_up?.pending || now >= again) tasks.push({ do: 'hang_up', n: attempt.n, ...reason });
    else wakes.push(again);
  }
  return { tasks, wakes };
}

const soonest = (wakes: number[]): number | undefined => {
  const finite = wakes.filter(Number.isFinite);
  return finite.length > 0 ? Math.min(...finite) : undefined;
};

function supervise(state: BookingState, alive: Call[], now: number): Decision {
  const tasks: Task[] = [];
  const wakes: number[] = [];
  for (const attempt of alive) {
    const duty = superviseLeg(state, attempt, alive, now);
    tasks.push(...duty.tasks);
    wakes.push(...duty.wakes);
  }
  return { is: 'going_on', tasks, wake_at: soonest(wakes), waiting_for: 'call' };
}

function awaitEvidence(verdict: Verdict & { is: 'waiting' }, release: Task[], now: number): Decision {
  const { attempt, until } = verdict;
  const tasks = [...release];
  const wakes = [until];
  if (verdict.ask_once_more) {
    tasks.push({ do: 'watch', n: attempt.n, once_more: true });
    return { is: 'going_on', tasks, wake_at: until, waiting_for: 'evidence' };
  }
  // For a registered call, only the provider's list may name the conversation.
  const named = attempt.conversation_id !== undefined || attempt.media === 'provider';
  const askable = named && (attempt.transcript === undefined || verdict.ask_for_record === true);
  const due = watchDue(attempt);
  if (askable && due <= now) tasks.push({ do: 'watch', n: attempt.n });
  else if (askable) wakes.push(due);
  return { is: 'going_on', tasks, wake_at: soonest(wakes), waiting_for: 'evidence' };
}

/**
 * Makes the next decision of a booking. Pure. Guarantees: there is no `dial` while any leg of this booking may be alive, after somebody was
 * reached (except the call that this person asked for, not before its time), outside the calling window and the business's hours, before
 * `not_before`, after `not_after`, without the line, or after the outcome.
 * @param now milliseconds since 1970
 * @example
 * ```ts
 * let state = initialState({ order, settings });
 * const decision = decide(state, Date.now());
 * if (decision.is === 'going_on' && decision.tasks.some((task) => task.do === 'take_line')) {
 *   state = fold(state, { type: 'line_taken' }, Date.now());
 * }
 * ```
 */
export function decide(state: BookingState, now: number): Decision {
  if (state.outcome) return { is: 'final', outcome: state.outcome };
  const alive = callsOf(state).filter(mayBeAlive);
  if (alive.length > 0) return supervise(state, alive, now);

  const release: Task[] = state.line.held ? [{ do: 'release_line' }] : [];
  const verdict = arbitrate(state, now);
  const callback = verdict.is === 'final' ? nextCallback(state, verdict.outcome, now) : undefined;
  if (verdict.is === 'final' && !callback) return verdict;
  if (verdict.is === 'waiting') return awaitEvidence(verdict, release, now);

  const end = notAfter(state);
  if (isSimulating(state) && !phoneRang(state) && now < end) {
    return { is: 'going_on', tasks: [...release, { do: 'simulate' }], wake_at: soonest([end]), waiting_for: 'call' };
  }
  const next = callback ?? nextTry(state, now);
  switch (next.do) {
    case 'give_up':
      return { is: 'final', outcome: outcomeOf(state, next.result, next.attempt, next) };
    case 'wait':
      return { is: 'going_on', tasks: release, wake_at: soonest([next.until]), waiting_for: next.why };
    case 'dial':
    case 'take_line': {
      // A dial that still waits in its queue at the last moment is taken back.
      const last = notAfter(state);
      return { is: 'going_on', tasks: [next], ...(Number.isFinite(last) ? { wake_at: last } : {}) };
    }
    case 'simulate':
      return { is: 'going_on', tasks: [...release, { do: 'simulate' }] };
  }
}
