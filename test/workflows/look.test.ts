import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { LookActivities } from '../../activities/interface.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { auditOutcomes, lookAfterBookings } from '../../workflows/index.ts';
import { createWorker } from '../support/create-worker.ts';
import { keepHistory } from '../support/histories.ts';
import { newTimeSkipping } from '../support/temporal.ts';

const QUEUE = 'bookings';
let env: TestWorkflowEnvironment;
let workflowBundle: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  [env, workflowBundle] = await Promise.all([newTimeSkipping(), bundleWorkflows()]);
}, 120_000);
afterAll(() => env?.teardown());

/** Runs a workflow to its end with activities that answer as scripted. */
async function running(activities: Partial<LookActivities>, proof: () => Promise<void>): Promise<void> {
  const worker = await createWorker({
    connection: env.nativeConnection,
    taskQueue: QUEUE,
    workflowBundle,
    activities,
  });
  await worker.runUntil(proof());
}

it('the hourly look is made again when a store could not be asked', async () => {
  let tries = 0;
  const lookOver = async (): Promise<void> => {
    if (++tries < 3) throw new Error('out of reach');
  };
  await running({ lookOver }, async () => {
    await env.client.workflow.execute(lookAfterBookings, { workflowId: 'look', taskQueue: QUEUE });
    await keepHistory('the-hourly-look', await env.client.workflow.getHandle('look').fetchHistory());
    expect(tries).toBe(3);
  });
}, 120_000);

it('outcomes are audited batch after batch, until the hour is over', async () => {
  const asked: unknown[] = [];
  const auditDue = async (input: { first_ms: number }): Promise<void> => {
    asked.push(input);
    // As the engine says of one that waited for the next outcome until the hour was over.
    if (asked.length === 4) throw ApplicationFailure.nonRetryable('nothing due', 'NothingDue');
  };
  await running({ auditDue }, async () => {
    await env.client.workflow.execute(auditOutcomes, {
      workflowId: 'audit',
      taskQueue: QUEUE,
      args: [{ first_ms: 300_000 }],
    });
    await keepHistory('an-hour-of-audits', await env.client.workflow.getHandle('audit').fetchHistory());
    expect(asked).toEqual(Array(4).fill({ first_ms: 300_000 }));
  });
}, 120_000);
