import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { DialInput } from '../../activities/interface.ts';
import type { Outcome } from '../../domain/result.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { bookAppointment } from '../../workflows/index.ts';
import { createWorker } from '../support/create-worker.ts';
import { keepHistory, notReplaying } from '../support/histories.ts';
import { bookingInput, type Changes } from '../support/orders.ts';
import { type Scripted, scriptedActivities } from '../support/scripted-activities.ts';
import { goodCall } from '../support/table.ts';
import { newTimeSkipping } from '../support/temporal.ts';
import { until } from '../support/until.ts';
import { accepted } from '../support/world.ts';

const QUEUE = 'bookings';
const QUEUES = { elevenlabs: 'bookings-elevenlabs', twilio: 'bookings-twilio' };
const MINUTE = 60_000;
const LIMIT_MS = 120_000;
const LAST_MOMENT_MS = 300;

let bundle: WorkflowBundleWithSourceMap;
let env: TestWorkflowEnvironment;
let scripted: Scripted;
/** `call_id`s of the dials that a worker took. */
let dialed: string[];

beforeAll(async () => {
  bundle = await bundleWorkflows();
}, 120_000);
// A server for each booking: one that has seen a booking end may never skip time again.
beforeEach(async () => {
  env = await newTimeSkipping();
  scripted = scriptedActivities({ dial: (n) => ({ result: accepted(n), later: goodCall(n) }) }, now);
  dialed = [];
}, 60_000);
afterEach(() => env?.teardown());

const now = async (): Promise<number> => Number(await env.currentTimeMs());

/** Worker of the bookings' own queue; takes no dials. */
const bookings = () =>
  createWorker({
    connection: env.nativeConnection,
    taskQueue: QUEUE,
    workflowBundle: bundle,
    activities: scripted.activities,
  });
const dialer = (taskQueue: string) =>
  createWorker({
    connection: env.nativeConnection,
    taskQueue,
    activities: {
      dial: async (input: DialInput) => {
        dialed.push(input.call_id);
        return scripted.activities.dial(input);
      },
    },
  });

const begin = async (id: string, changes: Changes = {}) =>
  env.client.workflow.start(bookAppointment, {
    workflowId: id,
    taskQueue: QUEUE,
    args: [
      bookingInput({
        ...changes,
        order: { created_at: new Date(await now()).toISOString(), ...changes.order },
        settings: { line_id: `line-${id}`, dial_queues: QUEUES, calling_window: { from: 0, to: 1440 } },
      }),
    ],
  });

const eventsOf = async (id: string) => (await env.client.workflow.getHandle(id).fetchHistory()).events ?? [];
type Events = Awaited<ReturnType<typeof eventsOf>>;

/** When each dial of a booking times out, unless a worker takes it before; Unix ms. */
const dueOf = (events: Events): number[] =>
  events.flatMap(({ eventTime, activityTaskScheduledEventAttributes: of }) =>
    of?.activityType?.name === 'dial' ? [msOf(eventTime) + msOf(of.scheduleToStartTimeout)] : [],
  );
const msOf = (time: Events[number]['eventTime']): number =>
  Number(time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6;

const isOver = (events: Events): boolean => events.some((event) => event.workflowExecutionCompletedEventAttributes);

/**
 * Waits until a booking has asked for its nth dial, then until just before that dial times out. False: the booking ended without it. The test
 * server skips no time while an activity waits in its queue, so this skips it; the caller must be awaiting the booking's result.
 */
async function waitedInVain(id: string, n: number): Promise<boolean> {
  const events = await until(async () => {
    const found = await eventsOf(id);
    return dueOf(found).length >= n || isOver(found) ? found : undefined;
  });
  const due = dueOf(events)[n - 1];
  if (due !== undefined) await env.sleep(Math.max(due - LAST_MOMENT_MS - (await now()), 1));
  return due !== undefined;
}

/** Events of a closed run. Keeps its history, and checks that it replays. */
async function historyOf(id: string): Promise<Events> {
  const history = await env.client.workflow.getHandle(id).fetchHistory();
  await keepHistory(id, history);
  expect(await notReplaying(bundle, [{ name: id, history }])).toEqual([]);
  return history.events!;
}
const timeOuts = (events: Events) => events.filter((event) => event.activityTaskTimedOutEventAttributes).length;
const waits = () =>
  scripted.snapshots.flatMap((one) => one.events).flatMap((event) => ('waiting_for' in event ? event.waiting_for : []));

describe('a dial that no worker takes', () => {
  it(
    'leaves the booking to the next channel, whose queue is polled, when its budget ends',
    async () => {
      const id = 'a-dial-that-no-worker-takes-leaves-it-to-the-next-channel';
      const began = await now();
      const [worker, bridge] = await Promise.all([bookings(), dialer(QUEUES.twilio)]);
      const handle = await begin(id);
      const outcome: Outcome = await bridge.runUntil(
        worker.runUntil(async () => {
          const result = handle.result();
          for (const n of [1, 2]) await waitedInVain(id, n);
          return result;
        }),
      );
      expect(outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
      // Ten minutes in the queue, then what is left of a quarter of an hour.
      expect(dialed).toEqual([expect.stringMatching(/\.3$/)]);
      const [first] = scripted.snapshots.at(-1)!.view.attempts;
      const after = Date.parse(first!.started_at) - began;
      expect(after).toBeGreaterThanOrEqual(15 * MINUTE);
      expect(after).toBeLessThan(17 * MINUTE);
      expect(scripted.alarms).toEqual(['dial_not_taken']);
      expect(waits()).toContain('no_worker');
      expect(timeOuts(await historyOf(id))).toBe(2);
    },
    LIMIT_MS,
  );

  it(
    'on any channel ends it as error, never as a simulation, and alarms once',
    async () => {
      const id = 'a-dial-that-no-worker-takes-on-any-channel-ends-as-error';
      const began = await now();
      const worker = await bookings();
      const handle = await begin(id, { bridge: { budget_seconds: 3_600 } });
      const outcome: Outcome = await worker.runUntil(async () => {
        const result = handle.result();
        for (let n = 1; await waitedInVain(id, n); n++);
        return result;
      });
      expect(outcome).toMatchObject({
        result: 'error',
        channel: null,
        simulated: false,
        notes: 'no worker took the dial until its budget ended',
      });
      expect(scripted.alarms).toEqual(['dial_not_taken']);
      expect(scripted.words).toEqual([]);
      const { view } = scripted.snapshots.at(-1)!;
      expect(view.attempts).toEqual([]);
      const ended = Date.parse(view.updated_at) - began;
      expect(ended).toBeGreaterThan(70 * MINUTE);
      expect(ended).toBeLessThan(80 * MINUTE);
      await historyOf(id);
    },
    LIMIT_MS,
  );

  it(
    'is asked for again, and taken by a worker that comes later: once, and not the dial that timed out',
    async () => {
      const id = 'a-dial-that-no-worker-took-is-asked-for-again';
      const worker = await bookings();
      const handle = await begin(id);
      await worker.runUntil(async () => {
        const result = handle.result();
        await waitedInVain(id, 1);
        await until(async () => timeOuts(await eventsOf(id)) === 1);
        await (await dialer(QUEUES.elevenlabs)).runUntil(result);
      });
      expect(await handle.result()).toMatchObject({ result: 'confirmed', channel: 'native' });
      expect(dialed).toEqual([expect.stringMatching(/\.2$/)]);
      expect(scripted.snapshots.at(-1)!.view.attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
        [1, 'completed'],
      ]);
      expect(scripted.alarms).toEqual(['dial_not_taken']);
      expect(timeOuts(await historyOf(id))).toBe(1);
    },
    LIMIT_MS,
  );

  it(
    'is taken back from its queue at not_after, and the booking expires',
    async () => {
      const id = 'a-dial-that-is-taken-back-at-not-after';
      const worker = await bookings();
      const last = (await now()) + MINUTE / 2;
      const handle = await begin(id, { order: { not_after: new Date(last).toISOString() } });
      const outcome: Outcome = await worker.runUntil(async () => {
        const result = handle.result();
        await until(async () => dueOf(await eventsOf(id)).length > 0);
        await env.sleep(Math.max(last - (await now()), 1));
        return result;
      });
      expect(outcome).toMatchObject({ result: 'expired', channel: null, simulated: false });
      const { view } = scripted.snapshots.at(-1)!;
      expect(view).toMatchObject({ status: 'failed', attempts: [], waiting_for: null, waiting_until: null });
      const late = Date.parse(view.updated_at) - last;
      expect([late >= 0, late <= 5_000, scripted.alarms]).toEqual([true, true, []]);
      expect(timeOuts(await historyOf(id))).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    'is canceled in its queue at once when the client cancels',
    async () => {
      const worker = await bookings();
      const id = 'a-dial-that-is-canceled-in-its-queue';
      const handle = await begin(id);
      await worker.runUntil(async () => {
        await until(async () => dueOf(await eventsOf(id)).length > 0);
        await handle.signal('requestCancel');
        expect(await handle.result()).toMatchObject({ result: 'canceled' });
      });
      expect(scripted.alarms).toEqual([]);
    },
    LIMIT_MS,
  );
});
