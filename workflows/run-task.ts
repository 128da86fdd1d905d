import {
  ActivityCancellationType,
  ActivityFailure,
  type ActivityOptions,
  ApplicationFailure,
  CancelledFailure,
  isCancellation,
  proxyActivities,
  TimeoutFailure,
} from '@temporalio/workflow';
import type {
  Belongs,
  BookingActivities,
  CollectInput,
  DialActivities,
  DialInput,
  EarlierDialActivities,
  ReconcileInput,
  WatchInput,
} from '../activities/interface.ts';
import { knownNumbers } from '../domain/admission.ts';
import { summarizeTask } from '../domain/describe.ts';
import { BATCH_PRIORITY, dialPriority } from '../domain/dial-priority.ts';
import { dialOf } from '../domain/earlier.ts';
import type { DialResult, Evidence, HangUpResult, ReconcileResult, SimulationResult } from '../domain/evidence.ts';
import { iso } from '../domain/iso.ts';
import { callsOf, giveUpAt, longestCallOf, REQUEST_SECONDS } from '../domain/leg.ts';
import type { BookingState, Call, Simulation } from '../domain/state.ts';
import type { BookingSnapshot } from '../domain/view.ts';
import { isUnread } from '../domain/weigh-attempt.ts';
import { QUEUE_SECONDS } from './line.ts';

/** Mode and accounts of a booking, as far as its acceptance recorded them. */
const belongsOf = ({ input: { settings } }: BookingState): Belongs => ({
  accounts: settings.accounts,
  sandbox: settings.sandbox,
});

/** Work that must not wait behind slow activities has its own workers. */
const callsQueue = ({ input: { settings } }: BookingState): { taskQueue?: string } =>
  settings.calls_queue === undefined ? {} : { taskQueue: settings.calls_queue };

/** A dial cannot be undone: one attempt, and a missing heartbeat reveals a dead worker. */
const DIAL: ActivityOptions = {
  startToCloseTimeout: REQUEST_SECONDS * 1000,
  heartbeatTimeout: '10 s',
  retry: { maximumAttempts: 1 },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
};

/** A dial that was decided just before its budget ends still waits long enough for a worker to restart. */
const LEAST_QUEUE_MS = 60_000;

/** Longest wait of a dial for a worker, in ms. The wait ends by the last moment at which the dial may leave. */
const queueMs = (notAfter: number): number =>
  Math.max(Math.min(QUEUE_SECONDS * 1000, notAfter - Date.now()), LEAST_QUEUE_MS);

/** Reads may be retried without end: the booking's own clock ends them. */
const LOOK_UP: ActivityOptions = {
  startToCloseTimeout: '30 s',
  retry: { initialInterval: '1 s', backoffCoefficient: 1.5, maximumInterval: '15 s' },
  cancellationType: ActivityCancellationType.TRY_CANCEL,
};

/** Code and message of an activity's failure: the type where the failure was classified, else its own message. */
function problemOf(error: unknown): { code: string; message: string } {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const code = cause instanceof ApplicationFailure ? (cause.type ?? 'failure') : (cause?.constructor.name ?? 'failure');
  return { code, message: cause instanceof Error ? cause.message : String(cause) };
}

/**
 * True when Temporal timed the dial out before any worker started it. Temporal alone decides whether the start or the time-out came first,
 * and never gives the dial to a worker afterwards. There is only one attempt, so no earlier one can have started.
 */
const wasNotTaken = (cause: unknown): boolean =>
  cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START';

function dialFailed(error: unknown): DialResult {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof CancelledFailure) return { proves: 'skipped', reason: 'canceled' };
  if (wasNotTaken(cause)) return { proves: 'skipped', reason: 'not_taken' };
  return { proves: 'unknown', problem: problemOf(error) };
}

/** Places the call. Any failure on the way back is `unknown`, never a reason to dial again. */
export async function dial(
  state: BookingState,
  attempt: Call,
  notAfter: number,
  snapshot: BookingSnapshot,
): Promise<DialResult> {
  const { call_id, channel } = attempt;
  const { settings } = state.input;
  const input: DialInput = {
    call_id,
    channel,
    known: knownNumbers(state),
    not_after: iso(Math.min(notAfter, attempt.dialed_at + 7 * 86_400_000)),
    snapshot,
  };
  const { taskQueue, activity } = dialOf(settings.dial_queues, channel);
  const { [activity]: run } = proxyActivities<DialActivities & EarlierDialActivities>({
    ...DIAL,
    scheduleToStartTimeout: queueMs(notAfter),
    taskQueue,
    priority: { priorityKey: state.input.order.batch ? BATCH_PRIORITY : dialPriority(state.line.of_key) },
    summary: summarizeTask('Dial', attempt),
  });
  try {
    return await run(input);
  } catch (error) {
    return dialFailed(error);
  }
}

export async function reconcile(state: BookingState, attempt: Call): Promise<ReconcileResult> {
  const others = callsOf(state).filter((one) => one.n !== attempt.n);
  const known = <T>(values: (T | undefined)[]): T[] => values.filter((value) => value !== undefined);
  const giveUp = giveUpAt(state, attempt);
  const { reconcileDial } = proxyActivities<BookingActivities>({
    ...LOOK_UP,
    startToCloseTimeout: Math.max(giveUp - Date.now(), 0) + 120_000,
    heartbeatTimeout: '20 s',
    summary: summarizeTask('Find out whether the phone rang', attempt),
  });
  const input: ReconcileInput = {
    call_id: attempt.call_id,
    channel: attempt.channel,
    belongs: belongsOf(state),
    caller: attempt.caller ?? state.input.settings.accounts?.caller ?? undefined,
    phone: state.input.order.business.phone,
    dialed_at: iso(attempt.dialed_at),
    known_call_sids: known(others.map((one) => one.call_sid)),
    known_conversation_ids: known(others.map((one) => one.conversation_id)),
    reconcile_seconds: state.input.settings.reconcile_seconds,
    give_up_at: iso(giveUp),
  };
  try {
    return await reconcileDial(input);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { verdict: 'unreachable', problem: problemOf(error) };
  }
}

/** After this long without an answer, the providers are taken to have nothing. */
const ONCE_MORE_SECONDS = 60;

/** New evidence of a leg or talk, whenever it comes; empty when the activity failed permanently. */
export const watch = (state: BookingState, attempt: Call): Promise<Evidence[]> =>
  look(state, attempt, {
    summary: attempt.leg === 'ended' ? 'Get the conversation' : 'Get the state of the call',
  });

/** Like `watch`, but waits for a minute at most. No evidence is an answer, too. */
export const watchOnceMore = (state: BookingState, attempt: Call): Promise<Evidence[]> =>
  look(state, attempt, {
    summary: 'Get the conversation a last time',
    scheduleToCloseTimeout: ONCE_MORE_SECONDS * 1000,
    once_more: true,
  });

async function look(
  state: BookingState,
  attempt: Call,
  { once_more, summary, ...options }: ActivityOptions & { summary: string; once_more?: true },
): Promise<Evidence[]> {
  const { watchLeg } = proxyActivities<BookingActivities>({
    ...LOOK_UP,
    ...callsQueue(state),
    ...options,
    summary: summarizeTask(summary, attempt),
  });
  const input: WatchInput = {
    ...(once_more ? { once_more } : {}),
    call_id: attempt.call_id,
    belongs: belongsOf(state),
    channel: attempt.channel,
    media: attempt.media,
    call_sid: attempt.call_sid,
    conversation_id: attempt.conversation_id,
    ...(attempt.direction === 'inbound' ? { max_call_seconds: longestCallOf(state, attempt) } : {}),
    known: {
      call_status: attempt.call_status,
      conversation_status: attempt.conversation_status,
      ...(isUnread(attempt) ? { unread: true as const } : {}),
      leg_ended: attempt.leg === 'ended',
      answered: attempt.answered_at !== undefined,
      ...(attempt.on_hold_since === undefined ? {} : { on_hold: true as const }),
    },
  };
  try {
    return await watchLeg(input);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return [];
  }
}

/** True when a goodbye is due: another call's result must not cut a person off in mid-sentence. A second hang-up is without one. */
const deservesGoodbye = (attempt: Call, why: string): boolean =>
  why === 'superseded' && attempt.answered_at !== undefined && (attempt.hang_up?.tries ?? 0) <= 1;

export async function hangUp(
  state: BookingState,
  attempt: Call,
  why: string,
  mode: 'cancel' | 'complete',
): Promise<HangUpResult> {
  const { hangUp: end } = proxyActivities<BookingActivities>({
    ...callsQueue(state),
    startToCloseTimeout: '20 s',
    retry: { maximumAttempts: 3, initialInterval: '500 ms' },
    summary: summarizeTask(`Hang up (${why.replaceAll('_', ' ')})`, attempt),
  });
  try {
    const goodbye = deservesGoodbye(attempt, why) ? { language: state.input.order.language } : undefined;
    return await end({
      call_id: attempt.call_id,
      belongs: belongsOf(state),
      call_sid: attempt.call_sid!,
      mode,
      goodbye,
    });
  } catch (error) {
    return { done: 'failed', problem: problemOf(error) };
  }
}

export async function simulate(state: BookingState, attempt: Simulation): Promise<SimulationResult> {
  const { simulate: run } = proxyActivities<BookingActivities>({
    startToCloseTimeout: '8 minutes',
    heartbeatTimeout: '20 s',
    // Only a worker or an engine that was lost is repeated: a simulation that fails says so. Two may be lost in a row.
    retry: { maximumAttempts: 5 },
    summary: summarizeTask('Simulate', attempt),
  });
  try {
    return await run({ order: state.input.order, belongs: belongsOf(state), call_id: attempt.call_id });
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

/** The talks whose transcript or recording is stored. */
export const talksOf = (state: BookingState): CollectInput[] =>
  callsOf(state)
    .filter(({ answered_at }) => answered_at !== undefined)
    .map(({ call_id, channel, call_sid, conversation_id }) => ({
      booking_id: state.input.order.id,
      belongs: belongsOf(state),
      call_id,
      channel,
      call_sid,
      conversation_id,
    }));

export const { alarm } = proxyActivities<BookingActivities>({
  startToCloseTimeout: '10 s',
  retry: { maximumAttempts: 3 },
  summary: 'Notify the operators',
});
