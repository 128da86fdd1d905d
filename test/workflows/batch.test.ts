import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { BatchActivities, BatchTurn } from '../../activities/batch-interface.ts';
import type { ErasureActivities } from '../../activities/interface.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { eraseBatch, runBatch } from '../../workflows/index.ts';
import { batchChanged, childEnded } from '../../workflows/messages.ts';
import { createWorker } from '../support/create-worker.ts';
import { keepHistory } from '../support/histories.ts';
import { newTimeSkipping } from '../support/temporal.ts';
import { until } from '../support/until.ts';

const QUEUE = 'bookings';
let env: TestWorkflowEnvironment;
let workflowBundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  [env, workflowBundle] = await Promise.all([newTimeSkipping(), bundleWorkflows()]);
}, 120_000);
afterAll(() => env?.teardown());

interface Turn {
  thorough: boolean;
  at: number;
}

/** Runs one batch whose turns are answered as scripted; `turns` are those that were asked for. */
async function running(
  batch_id: string,
  answer: (turn: number) => Promise<BatchTurn> | BatchTurn,
  meanwhile: (handle: ReturnType<typeof env.client.workflow.getHandle>) => Promise<void> = async () => undefined,
  { message, kept }: { message?: string; kept?: string } = {},
): Promise<{ turns: Turn[]; told: string[] }> {
  const turns: Turn[] = [];
  const told: string[] = [];
  const activities: Partial<BatchActivities> = {
    async feedBatch({ thorough }) {
      turns.push({ thorough, at: await env.currentTimeMs() });
      return answer(turns.length);
    },
    async tellOfBatch({ message_id }) {
      told.push(message_id);
      return 'delivered';
    },
  };
  const worker = await createWorker({
    connection: env.nativeConnection,
    taskQueue: QUEUE,
    workflowBundle,
    activities,
  });
  await worker.runUntil(async () => {
    const options = { workflowId: batch_id, taskQueue: QUEUE, args: [{ batch_id }] as [{ batch_id: string }] };
    const handle = await env.client.workflow.start(runBatch, options);
    await meanwhile(env.client.workflow.getHandle(batch_id));
    await handle.result();
    // Sent by a run that the batch does not wait for.
    if (message) await env.client.workflow.getHandle(message).result();
    if (kept) await keepHistory(kept, await handle.fetchHistory());
  });
  return { turns, told };
}

const OVER: BatchTurn = { over: true };

it('a batch whose signals are lost looks at its bookings by itself', async () => {
  const { turns } = await running('ba_lost', (turn) => (turn < 3 ? { over: false } : OVER));
  expect(turns.map(({ thorough }) => thorough)).toEqual([true, true, true]);
  const waits = turns.slice(1).map(({ at }, i) => at - turns[i]!.at);
  for (const wait of waits) expect(Math.abs(wait - 300_000)).toBeLessThan(5_000);
}, 120_000);

it('the next time of a row ends a wait', async () => {
  let at = 0;
  const { turns } = await running('ba_timed', async (turn) => {
    at ||= (await env.currentTimeMs()) + 60_000;
    return turn < 2 ? { over: false, next_at: new Date(at).toISOString() } : OVER;
  });
  expect(Math.abs(turns[1]!.at - at)).toBeLessThan(5_000);
}, 120_000);

it('bookings that end together are handled together, and a change at once', async () => {
  const { turns } = await running(
    'ba_gathers',
    (turn) => (turn < 3 ? { over: false } : OVER),
    async (handle) => {
      for (let n = 0; n < 5; n++) await handle.signal(childEnded, `bk_${n}`);
      await handle.signal(batchChanged);
    },
  );
  expect(turns.length).toBe(3);
  expect(turns[0]!.thorough).toBe(true);
}, 120_000);

it('a change that comes while ends are gathered is seen by the next turn', async () => {
  const timers = async (): Promise<number> => {
    const { events } = await env.client.workflow.getHandle('ba_meanwhile').fetchHistory();
    return (events ?? []).filter(({ timerStartedEventAttributes }) => timerStartedEventAttributes).length;
  };
  const { turns } = await running(
    'ba_meanwhile',
    (turn) => (turn < 2 ? { over: false } : OVER),
    async (handle) => {
      await until(async () => (await timers()) === 1);
      await handle.signal(childEnded, 'bk_1');
      await until(async () => (await timers()) === 2);
      await handle.signal(batchChanged);
    },
    { kept: 'a-batch-that-is-changed-while-it-gathers' },
  );
  expect(turns.map(({ thorough }) => thorough)).toEqual([true, true]);
}, 120_000);

it('more to do is done at once, and a long batch continues in new runs', async () => {
  const { turns } = await running('ba_long', (turn) => (turn < 650 ? { over: false, more: true } : OVER));
  expect(turns).toHaveLength(650);
  expect(turns.flatMap(({ thorough }, i) => (thorough ? [i + 1] : []))).toEqual([1, 301, 601]);
}, 240_000);

it('a completed batch tells its client, once, also if it is woken again', async () => {
  const completed: BatchTurn = { over: true, completed: 1 };
  const message = 'msg_ba_tells_completed_1';
  const nothing = async (): Promise<void> => undefined;
  const first = await running('ba_tells', () => completed, nothing, { message, kept: 'a-batch-that-is-completed' });
  expect(first.told).toEqual([message]);
  await keepHistory('a-batch-tells-its-client', await env.client.workflow.getHandle(message).fetchHistory());
  const again = await running('ba_tells', () => completed, nothing, { message });
  expect(again.told).toEqual([]);
}, 120_000);

it('a canceled batch tells its client that it is canceled', async () => {
  const message = 'msg_ba_dropped_canceled';
  const canceled: BatchTurn = { over: true, canceled: true };
  const { told } = await running('ba_dropped', () => canceled, undefined, { message });
  expect(told).toEqual([message]);
}, 120_000);

it('new rows that come with the last turn are not left behind', async () => {
  const { turns } = await running('ba_reopened', async (turn) => {
    if (turn === 1) await env.client.workflow.getHandle('ba_reopened').signal(batchChanged);
    return OVER;
  });
  expect(turns.map(({ thorough }) => thorough)).toEqual([true, true]);
}, 120_000);

it('an erasure erases the bookings, part by part, and then the batch', async () => {
  const done: string[] = [];
  const note = (what: string) => async (input: { booking_id?: string; batch_id?: string }) => {
    done.push(`${what} ${input.booking_id ?? input.batch_id}`);
  };
  const activities: Partial<BatchActivities & ErasureActivities> = {
    beginBatchErasures: async ({ after }) =>
      after === 0 ? { booking_ids: ['bk_aaaa', 'bk_bbbb'], next: 2 } : { booking_ids: ['bk_cccc'], next: undefined },
    forgetBooking: async () => undefined,
    eraseAtProviders: async () => undefined,
    finishErasure: note('booking'),
    forgetBatch: note('forgot'),
    finishBatchErasure: note('finished'),
  };
  const worker = await createWorker({
    connection: env.nativeConnection,
    taskQueue: QUEUE,
    workflowBundle,
    activities,
  });
  await worker.runUntil(async () => {
    const options = {
      workflowId: 'erase-ba_x',
      taskQueue: QUEUE,
      args: [{ batch_id: 'ba_x' }] as [{ batch_id: string }],
    };
    await env.client.workflow.execute(eraseBatch, options);
    await keepHistory('an-erasure-of-a-batch', await env.client.workflow.getHandle('erase-ba_x').fetchHistory());
  });
  expect(done.slice(0, 2).sort()).toEqual(['booking bk_aaaa', 'booking bk_bbbb']);
  expect(done.slice(2)).toEqual(['booking bk_cccc', 'forgot ba_x', 'finished ba_x']);
}, 120_000);
