import { decide, type Task, taskKey } from '../../domain/decide.ts';
import type {
  BridgeEvidence,
  CallStatus,
  CallStatusEvidence,
  ConversationEvidence,
  DialResult,
  Evidence,
  HangUpResult,
  MediaEvidence,
  ReconcileResult,
  ReportEvidence,
  SimulationResult,
} from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { fold } from '../../domain/fold.ts';
import { callIdOf } from '../../domain/ids.ts';
import { callsOf, isSimulating, mayBeAlive } from '../../domain/leg.ts';
import type { Report } from '../../domain/result.ts';
import { type BookingState, initialState } from '../../domain/state.ts';
import { bookingInput, type Changes, START } from './orders.ts';
import { silence, spoken } from './talks.ts';

export interface Later {
  after: number;
  evidence: Evidence;
}
type Timed<T> = { after?: number; result: T; later?: Later[] };

/** How the world answers the booking's tasks; times in ms of virtual time. */
export interface World {
  dial?: (n: number, channel: string) => Timed<DialResult>;
  reconcile?: (n: number) => Timed<ReconcileResult>;
  hangUp?: (n: number, mode: string) => Timed<HangUpResult>;
  watch?: (n: number, now: number) => Evidence[] | undefined;
  line?: (n: number) => boolean;
  simulate?: () => Timed<SimulationResult>;
  /** Things that happen by themselves, in ms after the start. */
  happens?: { at: number; fact: Fact }[];
}

export interface Played {
  state: BookingState;
  trace: { at: number; task: Task }[];
  /** Tasks as words, without release_line: `dial native`, `hang_up 1 cancel budget_spent` … */
  words: string[];
  ended: number;
}

const word = (task: Task): string => {
  if (task.do === 'dial' || task.do === 'take_line') return `${task.do} ${task.channel}`;
  if (task.do === 'hang_up') return `hang_up ${task.n} ${task.mode} ${task.why}`;
  return 'n' in task ? `${task.do} ${task.n}` : task.do;
};

/** Runs the core against a scripted world on a virtual clock: the workflow's loop without Temporal. */
export function play(world: World, changes: Changes = {}, limitMs = 30 * 86_400_000): Played {
  let now = START;
  let state = initialState(bookingInput(changes));
  const queue: { at: number; fact: Fact; done?: string }[] = (world.happens ?? []).map((one) => ({
    at: START + one.at,
    fact: one.fact,
  }));
  const running = new Set<string>();
  const trace: Played['trace'] = [];
  let lines = 0;

  const later = (ms: number, fact: Fact, done?: string): void => {
    queue.push({ at: now + ms, fact, ...(done ? { done } : {}) });
  };
  const begin = (task: Task): void => {
    const key = taskKey(task);
    if (running.has(key) || (task.do === 'simulate' && isSimulating(state))) return;
    trace.push({ at: now, task });
    switch (task.do) {
      case 'take_line': {
        running.add(key);
        const taken = world.line?.(lines++) ?? true;
        later(5, { type: taken ? 'line_taken' : 'line_busy' }, key);
        return;
      }
      case 'release_line':
        running.add(key);
        later(1, { type: 'line_released' }, key);
        return;
      case 'dial': {
        // What no rule may ever allow: a dial while a leg of this booking may be alive.
        if (callsOf(state).some(mayBeAlive)) throw new Error('dialed while a leg may be alive');
        state = fold(state, { type: 'dial_started', channel: task.channel }, now);
        const { n } = state.attempts.at(-1)!;
        const script = world.dial!(n, task.channel);
        for (const one of script.later ?? []) later(one.after, { type: 'evidence', evidence: one.evidence });
        later(script.after ?? 100, { type: 'dial_ended', n, result: script.result });
        return;
      }
      case 'simulate': {
        state = fold(state, { type: 'dial_started', channel: 'simulation' }, now);
        const script = world.simulate!();
        later(script.after ?? 1000, { type: 'simulated', n: state.attempts.at(-1)!.n, result: script.result });
        return;
      }
      case 'reconcile': {
        running.add(key);
        const script = world.reconcile!(task.n);
        for (const one of script.later ?? []) later(one.after, { type: 'evidence', evidence: one.evidence });
        later(script.after ?? 90_000, { type: 'reconciled', n: task.n, result: script.result }, key);
        return;
      }
      case 'hang_up': {
        running.add(key);
        state = fold(state, { type: 'hang_up_started', n: task.n, why: task.why, mode: task.mode }, now);
        const script = world.hangUp?.(task.n, task.mode) ?? { result: { done: 'requested' } };
        for (const one of script.later ?? []) later(one.after, { type: 'evidence', evidence: one.evidence });
        later(script.after ?? 100, { type: 'hang_up_ended', n: task.n, result: script.result }, key);
        return;
      }
      case 'watch': {
        running.add(key);
        const news = world.watch?.(task.n, now) ?? [];
        if (task.once_more) {
          for (const evidence of news) later(50, { type: 'evidence', evidence });
          later(60, { type: 'asked_once_more', n: task.n }, key);
          return;
        }
        if (news.length === 0) {
          later(15_000, { type: 'watch_failed', n: task.n }, key);
          return;
        }
        for (const [index, evidence] of news.entries()) {
          later(50, { type: 'evidence', evidence }, index === news.length - 1 ? key : undefined);
        }
        return;
      }
    }
  };

  for (let turns = 0; now - START <= limitMs; turns++) {
    if (turns > 5_000) throw new Error('the booking does not come to an end');
    state = fold(state, { type: 'time_passed' }, now);
    const step = decide(state, now);
    if (step.is === 'final') {
      state = fold(state, { type: 'settled', outcome: step.outcome }, now);
      break;
    }
    for (const task of step.tasks) begin(task);
    queue.sort((a, b) => a.at - b.at);
    const next = queue[0];
    const wake = step.wake_at ?? Infinity;
    if (next && next.at <= wake) {
      queue.shift();
      now = Math.max(now, next.at);
      if (next.done) running.delete(next.done);
      state = fold(state, next.fact, now);
    } else if (Number.isFinite(wake)) {
      if (wake <= now && step.tasks.length === 0) throw new Error('a wake-up in the past without a task');
      now = Math.max(now + 1, wake);
    } else if (decide(state, now) === step) {
      throw new Error('waiting for nothing');
    } else if (queue.length === 0 && !isSimulating(state) && !callsOf(state).some(({ leg }) => leg === 'dialing')) {
      throw new Error(`stuck: ${JSON.stringify(step)}`);
    }
  }
  const words = trace.filter((one) => one.task.do !== 'release_line').map((one) => word(one.task));
  return { state, trace, words, ended: now - START };
}

const call = (n: number): string => callIdOf('bk_test0001', n);
const at = new Date(START).toISOString();

export const status = (n: number, value: CallStatus, more: Partial<CallStatusEvidence> = {}): CallStatusEvidence => ({
  kind: 'call_status',
  id: `status:${n}:${value}`,
  call_id: call(n),
  at,
  source: 'callback',
  call_sid: `CA${n}`,
  status: value,
  ...more,
});

export const report = (n: number, value: Partial<Report> = {}, more: Partial<ReportEvidence> = {}): ReportEvidence => ({
  kind: 'report',
  id: `report:${n}:${JSON.stringify(value)}`,
  call_id: call(n),
  at,
  source: 'tool',
  report: { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00', ...value },
  ...more,
});

export { silence, spoken };

export const talk = (n: number, more: Partial<ConversationEvidence> = {}): ConversationEvidence => ({
  kind: 'conversation',
  id: `talk:${n}`,
  call_id: call(n),
  at,
  source: 'post_call',
  conversation_id: `conv_${n}`,
  status: 'done',
  call_result: 'answered',
  transcript: spoken,
  ...more,
});

export const bridged = (
  n: number,
  event: BridgeEvidence['event'],
  more: Partial<BridgeEvidence> = {},
): BridgeEvidence => ({
  kind: 'bridge',
  id: `bridge:${n}:${event}`,
  call_id: call(n),
  at,
  event,
  ...more,
});

export const sound = (n: number, media: MediaEvidence['media'], more: Partial<MediaEvidence> = {}): MediaEvidence => ({
  kind: 'media',
  id: `media:${n}:${media}`,
  call_id: call(n),
  at,
  media,
  call_sid: `CA${n}`,
  resume: 0,
  ...more,
});

export const accepted = (n: number): DialResult => ({
  proves: 'accepted',
  call_sid: `CA${n}`,
  conversation_id: `conv_${n}`,
});
