import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type {
  BookingActivities,
  DialActivities,
  DialInput,
  MessageActivities,
  RecordActivities,
} from '../../activities/interface.ts';
import type { DialResult, Evidence } from '../../domain/evidence.ts';
import { parseCallId } from '../../domain/ids.ts';
import type { BookingSnapshot } from '../../domain/view.ts';
import { daysBetween, laterBy } from './later-days.ts';
import { START } from './orders.ts';
import type { Later, World } from './world.ts';

export interface Scripted {
  activities: BookingActivities & DialActivities & RecordActivities & MessageActivities;
  /** What was asked for, in the words of `play`: `dial native`, `hang_up 1 cancel`, `reconcile 1`, `simulate` … */
  words: string[];
  snapshots: BookingSnapshot[];
  alarms: string[];
  forbidden: string[];
  /** What the client was told, as its type and the attempt's number or outcome. */
  told: string[];
}

const numberOf = (callId: string): number => parseCallId(callId)!.n;

/** "Nothing yet": asked again after `ms` of the server's time, so that time may be skipped meanwhile. */
const notYet = (ms: number): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'NothingNew',
    message: 'nothing new',
    nextRetryDelay: Math.max(ms, 1),
    category: ApplicationFailureCategory.BENIGN,
  });

/** Activities that answer as a scripted world does, on the test server's own clock. Evidence comes by polling. */
export function scriptedActivities(world: World, now: () => Promise<number>): Scripted {
  const timeline: { n: number; at: number; evidence: Evidence; told: boolean }[] = [];
  const dueAt = new Map<string, number>();
  let lines = 0;
  const done: Scripted = { activities: undefined!, words: [], snapshots: [], alarms: [], forbidden: [], told: [] };
  const later = async (list: Later[] = []): Promise<void> => {
    const start = await now();
    for (const { after, evidence } of list) {
      const said = laterBy(daysBetween(START, start), evidence);
      timeline.push({ n: numberOf(evidence.call_id), at: start + after, evidence: said, told: false });
    }
    timeline.sort((a, b) => a.at - b.at);
  };
  /** Throws until `after` has passed since the first time it was asked. */
  const wait = async (key: string, after: number): Promise<void> => {
    const at = await now();
    if (!dueAt.has(key)) dueAt.set(key, at + after);
    const left = dueAt.get(key)! - at;
    if (left > 0) throw notYet(left);
  };
  const dial = async (input: DialInput): Promise<DialResult> => {
    const { channel } = input;
    done.words.push(`dial ${channel}`);
    done.snapshots.push(input.snapshot);
    const script = world.dial!(numberOf(input.call_id), channel);
    await later(script.later);
    return script.result;
  };
  done.activities = {
    dial,
    async reconcileDial({ call_id }) {
      const n = numberOf(call_id);
      const script = world.reconcile!(n);
      if (!done.words.includes(`reconcile ${n}`)) done.words.push(`reconcile ${n}`);
      await wait(`reconcile ${n}`, script.after ?? 90_000);
      await later(script.later);
      return script.result;
    },
    async watchLeg({ call_id }) {
      const n = numberOf(call_id);
      const at = await now();
      const own = timeline.filter((one) => one.n === n && !one.told);
      const due = own.filter((one) => one.at <= at);
      // The real one throws and is retried by the engine. Not here: the test server never skips time again once a
      // workflow has closed over an activity that was waiting for its retry.
      for (const one of due) one.told = true;
      return due.map((one) => one.evidence);
    },
    async hangUp({ call_id, mode }) {
      const n = numberOf(call_id);
      done.words.push(`hang_up ${n} ${mode}`);
      const script = world.hangUp?.(n, mode) ?? { result: { done: 'requested' as const } };
      await later(script.later);
      return script.result;
    },
    async simulate() {
      done.words.push('simulate');
      return laterBy(daysBetween(START, await now()), world.simulate!().result);
    },
    conclude: async ({ snapshot }) => void done.snapshots.push(snapshot),
    alarm: async ({ kind }) => void done.alarms.push(kind),
    async takeLine() {
      const taken = world.line?.(lines++) ?? true;
      if (!taken) done.words.push('line busy');
      return { taken, of_key: 1 };
    },
    releaseLine: async () => {},
    async tellClient({ message: { type, data } }) {
      done.told.push(`${type} ${data.attempt ? numberOf(data.attempt.call_id) : data.outcome?.result}`);
      return 'delivered';
    },
    saveSnapshot: async (snapshot) => void done.snapshots.push(snapshot),
    recall: async () => ({ dials: [], evidence: [] }),
    forbidNumber: async ({ phone }) => void done.forbidden.push(phone),
    heardSoFar: async () => [],
  };
  return done;
}
