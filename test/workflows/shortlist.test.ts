import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { ShortlistActivities } from '../../activities/interface.ts';
import type { CarriedShortlist } from '../../domain/shortlist/carried.ts';
import type { CandidateResult } from '../../domain/shortlist/meaning.ts';
import {
  type Ending,
  foldShortlist,
  initialShortlist,
  type Recorded,
  type RecordedBooking,
  type ShortlistInput,
} from '../../domain/shortlist/state.ts';
import type { ShortlistEvent, ShortlistProgress } from '../../domain/shortlist/view.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import type { askShortlist } from '../../workflows/index.ts';
import { createWorker } from '../support/create-worker.ts';
import { keepHistory } from '../support/histories.ts';
import { newTimeSkipping } from '../support/temporal.ts';

const QUEUE = 'bookings';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let env: TestWorkflowEnvironment;
let workflowBundle: WorkflowBundleWithSourceMap;

// A server for each: one that has seen a workflow end may never skip time again.
beforeEach(async () => {
  [env, workflowBundle] = await Promise.all([newTimeSkipping(), bundleWorkflows()]);
}, 120_000);
afterEach(() => env?.teardown());

const now = async (): Promise<number> => Number(await env.currentTimeMs());

/** What one booking comes to, after how long. */
interface Scripted {
  result: CandidateResult;
  ms?: number;
  /** A call that was asked for, from the end on. */
  wants?: number;
  /** A person's decision, and when, from the end on. */
  review?: { result: CandidateResult; ms: number };
}

interface Known {
  script: Scripted;
  at: number;
  canceled?: number;
  as: string;
}

interface World {
  bookings: Scripted[];
  /** Bookings of an earlier run. */
  known?: Record<string, Known>;
  carried?: CarriedShortlist;
  /** The records refuse every placing. */
  overtaken?: boolean;
  recorded?: Recorded;
  opens?: number[];
  input?: Partial<ShortlistInput>;
  during?: (handle: WorkflowHandle<typeof askShortlist>, began: number) => Promise<void>;
}

/** Runs a shortlist on a server that skips time. No end of a booking is signaled: it finds each by itself. */
async function run({ bookings, opens = [], input, during, known: before = {}, carried, overtaken, recorded }: World) {
  const began = await now();
  const placed: { candidate: number; as: string; at: number }[] = [];
  const known = new Map<string, Known>(Object.entries(before));
  const saved: { progress: ShortlistProgress; events: ShortlistEvent[] }[] = [];
  const canceled: string[] = [];
  let looks = 0;
  let tries = 0;
  const activities: ShortlistActivities = {
    async candidateHours() {
      const at = await now();
      return { at, opens: Array.from({ length: 10 }, (_, i) => Math.max(at, began + (opens[i] ?? 0))) };
    },
    async placeCandidate({ candidate, as, turn }) {
      if (overtaken) return { how: 'overtaken' };
      const booking_id = `bk_${candidate}_${turn}`;
      if (!known.has(booking_id)) {
        const script = bookings[placed.length] ?? { result: 'declined' as const };
        const at = await now();
        placed.push({ candidate, as, at: at - began });
        known.set(booking_id, { script, at: at + (script.ms ?? MINUTE), as });
      }
      // The first answer is lost: it is asked again.
      if (++tries === 1) throw new Error('lost');
      return { how: 'placed', booking_id };
    },
    async candidateEnding({ booking_id }): Promise<Ending | undefined> {
      looks += 1;
      const { script, at, canceled: stopped } = known.get(booking_id)!;
      const time = await now();
      const over = Math.min(at, stopped ?? at);
      if (time < over) return undefined;
      const decided = script.review && time >= at + script.review.ms ? script.review.result : undefined;
      const result = decided ?? (over < at ? ('canceled' as const) : script.result);
      const isConfirmed = result === 'confirmed';
      return {
        booking_id,
        result,
        confirmed_date: isConfirmed ? '2026-12-01' : null,
        confirmed_time: isConfirmed ? '16:00' : null,
        simulated: false,
        reviewed: decided !== undefined,
        ...(script.wants === undefined ? {} : { callback_at: at + script.wants }),
      };
    },
    recallShortlist: async () => recorded ?? { bookings: [], cancel_requested: false },
    async cancelCandidate({ booking_id }) {
      canceled.push(booking_id);
      known.get(booking_id)!.canceled = await now();
    },
    async saveShortlist({ progress, events }) {
      saved.push({ progress, events });
    },
    tellShortlistClient: async () => 'given_up',
  };
  const worker = await createWorker({
    connection: env.nativeConnection,
    taskQueue: QUEUE,
    workflowBundle,
    activities,
  });
  return worker.runUntil(async () => {
    const handle = await env.client.workflow.start<typeof askShortlist>('askShortlist', {
      workflowId: 'sl_test',
      taskQueue: QUEUE,
      args: [
        {
          id: 'sl_test',
          candidates: 3,
          created_at: new Date(began).toISOString(),
          phones: true,
          simulation: false,
          callback: { enabled: true, max_callbacks: 1, within_hours: 72 },
          sandbox: false,
          ...input,
          ...(input?.decide_by && { decide_by: new Date(began + Number(input.decide_by)).toISOString() }),
        },
        carried,
      ],
    });
    await during?.(handle, began);
    const end = await handle.result();
    // The server's own clock may jump once nothing runs any more.
    const at = Date.parse(saved.at(-1)!.progress.updated_at) - began;
    const statuses = saved.flatMap(({ events }) =>
      events.flatMap((one) => (one.type === 'status' ? [one.status] : [])),
    );
    const { firstExecutionRunId } = handle as typeof handle & { firstExecutionRunId: string };
    const history = await env.client.workflow.getHandle('sl_test', firstExecutionRunId).fetchHistory();
    return { end, at, placed, saved, statuses, canceled, looks, history };
  });
}

const carriedOf = (bookings: RecordedBooking[]): CarriedShortlist => {
  const input = { id: 'sl_test', candidates: 3 } as ShortlistInput;
  const { input: _, ...state } = foldShortlist(
    initialShortlist(input),
    { type: 'recalled', recorded: { bookings, cancel_requested: false } },
    0,
  );
  return { state, written: undefined, version: 7 };
};

const candidates = (placed: { candidate: number }[]): number[] => placed.map(({ candidate }) => candidate);

it('asks one after the other until one confirms, also when the answer to a placing is lost', async () => {
  const { end, placed, saved, statuses, history } = await run({
    bookings: [{ result: 'no_availability' }, { result: 'confirmed' }],
  });
  expect(end).toMatchObject({ result: 'confirmed', candidate: 2, booking_id: 'bk_2_1', confirmed_time: '16:00' });
  expect(candidates(placed)).toEqual([1, 2]);
  expect(statuses).toEqual(['queued', 'in_progress', 'completed']);
  expect(saved.at(-1)!.events.at(-1)).toMatchObject({ type: 'final', outcome: { candidate: 2 } });
  await keepHistory('a-shortlist-whose-second-candidate-confirms', history);
}, 120_000);

it('halts on doubt for days, in few steps, and goes on after the review', async () => {
  const { end, placed, statuses, looks, history } = await run({
    bookings: [{ result: 'needs_review', review: { result: 'declined', ms: 48 * HOUR } }, { result: 'confirmed' }],
  });
  expect(end).toMatchObject({ result: 'confirmed', candidate: 2 });
  expect(placed[1]!.at).toBeGreaterThanOrEqual(48 * HOUR);
  expect(statuses).toEqual(['queued', 'in_progress', 'needs_review', 'in_progress', 'completed']);
  expect(looks).toBeLessThan(350);
  // A long wait goes on in new runs.
  expect(history.events!.at(-1)!.workflowExecutionContinuedAsNewEventAttributes).toBeTruthy();
  expect(history.events!.length).toBeLessThan(1_100);
  await keepHistory('a-shortlist-in-doubt-that-goes-on-anew', history);
}, 120_000);

it('asks nobody after decide_by, and ends then', async () => {
  const input = { decide_by: String(2 * HOUR) };
  const closed = await run({ bookings: [], opens: [3 * HOUR, 3 * HOUR, 3 * HOUR], input });
  expect(closed).toMatchObject({ end: { result: 'expired' }, placed: [] });
  expect(closed.at).toBeGreaterThanOrEqual(2 * HOUR);
  expect(closed.at).toBeLessThan(2 * HOUR + MINUTE);
}, 120_000);

it('lets a talk finish and count after decide_by', async () => {
  const input = { decide_by: String(MINUTE) };
  const { end, placed } = await run({ bookings: [{ result: 'confirmed', ms: 5 * MINUTE }], input });
  expect(end).toMatchObject({ result: 'confirmed', candidate: 1 });
  expect(candidates(placed)).toEqual([1]);
}, 120_000);

it('waits for a closed candidate only when nobody else is open', async () => {
  const { placed, saved } = await run({ bookings: [], opens: [14 * HOUR, 0, 0] });
  expect(candidates(placed)).toEqual([2, 3, 1]);
  expect(placed[1]!.at).toBeLessThan(HOUR);
  expect(placed[2]!.at).toBeGreaterThanOrEqual(14 * HOUR);
  expect(saved.map(({ progress }) => progress.waiting_for)).toContain('hours');
}, 120_000);

it('calls back at the time that a business asked for, after all others', async () => {
  const { placed, end, saved } = await run({
    bookings: [
      { result: 'callback_requested', wants: 5 * HOUR },
      { result: 'declined' },
      { result: 'unreachable' },
      { result: 'confirmed' },
    ],
  });
  expect(placed.map(({ candidate, as }) => [candidate, as])).toEqual([
    [1, 'call'],
    [2, 'call'],
    [3, 'call'],
    [1, 'callback'],
  ]);
  expect(placed[3]!.at).toBeGreaterThanOrEqual(5 * HOUR);
  expect(end).toMatchObject({ result: 'confirmed', booking_id: 'bk_1_2' });
  expect(saved.map(({ progress }) => progress.waiting_for)).toContain('callback');
}, 120_000);

it('canceled, it cancels its open booking once and waits for its end', async () => {
  const { end, canceled, placed, history } = await run({
    bookings: [{ result: 'declined', ms: 10 * HOUR }],
    during: async (handle) => {
      await env.sleep(HOUR);
      await handle.signal('requestCancel');
      await handle.signal('requestCancel');
    },
  });
  expect(end).toMatchObject({ result: 'canceled', booking_id: null });
  expect(canceled).toEqual(['bk_1_1']);
  expect(candidates(placed)).toEqual([1]);
  await keepHistory('a-shortlist-canceled-in-mid-call', history);
}, 120_000);

it('looks at once when the end of its booking is signaled', async () => {
  const { history } = await run({
    bookings: [{ result: 'declined', ms: 2 * HOUR + 1_000 }],
    during: async (handle) => {
      await env.sleep(2 * HOUR + 2_000);
      await handle.signal('childEnded', 'bk_1_1');
    },
  });
  const events = history.events ?? [];
  const signaled = events.findIndex((event) => event.workflowExecutionSignaledEventAttributes);
  const looked = events.findIndex(
    (event, i) => i > signaled && event.activityTaskScheduledEventAttributes?.activityType?.name === 'candidateEnding',
  );
  expect(signaled).toBeGreaterThan(0);
  expect(looked).toBeGreaterThan(signaled);
  // At the end of a sleep the server may skip on before it takes the signal, so no time says it: no pause ended in between.
  expect(events.slice(signaled, looked).filter((event) => event.timerFiredEventAttributes)).toEqual([]);
}, 120_000);

it('goes on in another run with the booking that the lost one had placed', async () => {
  const began = await now();
  const running = { booking_id: 'bk_2_1', candidate: 2, as: 'call' as const };
  const { end, placed } = await run({
    bookings: [{ result: 'declined' }],
    carried: carriedOf([running]),
    known: { bk_2_1: { script: { result: 'confirmed' }, at: began + HOUR, as: 'call' } },
  });
  expect(end).toMatchObject({ result: 'confirmed', candidate: 2, booking_id: 'bk_2_1' });
  expect(placed).toEqual([]);
}, 120_000);

it('reads the records when they refuse the next candidate, and goes on with the booking that they have', async () => {
  const began = await now();
  const { end, placed, saved } = await run({
    bookings: [],
    overtaken: true,
    recorded: { bookings: [{ booking_id: 'bk_3_1', candidate: 3, as: 'call' }], cancel_requested: false },
    known: { bk_3_1: { script: { result: 'confirmed' }, at: began + HOUR, as: 'call' } },
  });
  expect(end).toMatchObject({ result: 'confirmed', candidate: 3 });
  expect(placed).toEqual([]);
  expect(saved.at(-1)!.progress.candidates.map(({ status }) => status)).toEqual(['not_asked', 'not_asked', 'asked']);
}, 120_000);

it('halts when an audit contradicts a result: the call of the next candidate is canceled, and nobody is asked before a review', async () => {
  const { end, placed, canceled, statuses } = await run({
    bookings: [
      // The records say so from the audit on.
      { result: 'unreachable', review: { result: 'needs_review', ms: HOUR } },
      { result: 'declined', ms: 10 * HOUR },
    ],
    during: async (handle) => {
      await env.sleep(2 * HOUR);
      await handle.signal('childEnded', 'bk_1_1');
      await env.sleep(3 * HOUR);
      await handle.signal('requestCancel');
    },
  });
  expect(canceled).toEqual(['bk_2_1']);
  expect(candidates(placed)).toEqual([1, 2]);
  expect(statuses).toContain('needs_review');
  expect(end).toMatchObject({ result: 'canceled' });
}, 120_000);
