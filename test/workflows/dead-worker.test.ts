import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { activityInfo } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { BatchActivities } from '../../activities/batch-interface.ts';
import type { MessageActivities } from '../../activities/interface.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { runBatch, tellClient, tellOfBatch } from '../../workflows/index.ts';
import { newTimeSkipping } from '../support/temporal.ts';

const QUEUE = 'bookings';
/** Ten seconds of silence, the pause before a retry, and a busy machine. */
const SOON_MS = 25_000;

let env: TestWorkflowEnvironment;
let workflowBundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  [env, workflowBundle] = await Promise.all([newTimeSkipping(), bundleWorkflows()]);
}, 120_000);
afterAll(() => env?.teardown());

it('the work of a worker that died is noticed by its silence, and given to another within seconds', async () => {
  const began = new Map<string, number[]>();
  let bury = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    bury = resolve;
  });
  /** The first try is silent for good, as that of a dead worker. */
  async function dying<T>(name: string, answer: T): Promise<T> {
    began.set(name, [...(began.get(name) ?? []), await env.currentTimeMs()]);
    if (activityInfo().attempt === 1) await over;
    return answer;
  }
  const activities: Partial<BatchActivities & MessageActivities> = {
    feedBatch: () => dying('feed', { over: true }),
    tellClient: () => dying('tell', 'delivered'),
    tellOfBatch: () => dying('tell of a batch', 'delivered'),
  };
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: QUEUE,
    workflowBundle,
    activities,
  });
  const start = { taskQueue: QUEUE };
  const { workflow } = env.client;
  await worker.runUntil(async () => {
    const runs = [
      workflow.execute(runBatch, { ...start, workflowId: 'ba_dying', args: [{ batch_id: 'ba_dying' }] }),
      workflow.execute(tellOfBatch, {
        ...start,
        workflowId: 'msg_ba_dying_completed_1',
        args: [{ batch_id: 'ba_dying', message_id: 'msg_ba_dying_completed_1' }],
      }),
      workflow.execute(tellClient, {
        ...start,
        workflowId: 'msg_bk_dying_final',
        args: [
          {
            id: 'msg_bk_dying_final',
            booking_id: 'bk_dying',
            type: 'booking.final',
            timestamp: '2026-11-24T10:00:00.000Z',
            data: {} as never,
          },
        ],
      }),
    ];
    await Promise.all(runs).finally(bury);
  });
  expect([...began.keys()].sort()).toEqual(['feed', 'tell', 'tell of a batch']);
  for (const [name, [first, second]] of began) {
    expect([name, second! - first! < SOON_MS]).toEqual([name, true]);
  }
}, 120_000);
