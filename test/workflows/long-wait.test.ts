import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Outcome } from '../../domain/result.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { BookingStatusKey } from '../../workflows/search-attributes.ts';
import { createWorker } from '../support/create-worker.ts';
import { dialQueuesAt } from '../support/escalation.ts';
import { bookingInput } from '../support/orders.ts';
import { type Scripted, scriptedActivities } from '../support/scripted-activities.ts';
import { endsAs, goodCall } from '../support/table.ts';
import { newTimeSkipping } from '../support/temporal.ts';
import { accepted } from '../support/world.ts';

type History = temporal.api.history.v1.IHistory;

const QUEUE = 'bookings';
const DAY = 86_400_000;
let env: TestWorkflowEnvironment;
let bundle: WorkflowBundleWithSourceMap;

// A server for each booking: one that has seen a booking end may never skip time again.
beforeEach(async () => {
  [env, bundle] = await Promise.all([newTimeSkipping(), bundleWorkflows()]);
}, 120_000);
afterEach(() => env?.teardown());

const now = async (): Promise<number> => Number(await env.currentTimeMs());

/** How many events each run of the booking has, along the chain from its first one. */
async function runsOf(workflowId: string, firstRunId: string): Promise<number[]> {
  const runs: number[] = [];
  let runId: string | undefined = firstRunId;
  while (runId) {
    const handle: WorkflowHandle = env.client.workflow.getHandle(workflowId, runId);
    const events: History['events'] = (await handle.fetchHistory()).events;
    runs.push(events!.length);
    runId = events!.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  return runs;
}

it('a booking that waits for days goes on in new runs, with all that it knew, and tells nobody anything twice', async () => {
  const began = await now();
  const scripted: Scripted = scriptedActivities(
    { dial: (n) => ({ result: accepted(n), later: n === 1 ? endsAs(n, 'busy') : goodCall(n) }) },
    now,
  );
  const { activities } = scripted;
  let asked = 0;
  activities.takeLine = async () => {
    asked += 1;
    // Free for the first dial; then another booking has the number for a week.
    return { taken: asked === 1 || (await now()) > began + 7 * DAY, of_key: 1 };
  };
  const input = bookingInput({
    native: { redial_delay_seconds: 2, max_attempts: 2 },
    bridge: { enabled: false },
    order: { created_at: new Date(began).toISOString(), callback_url: 'https://client.example/hook' },
    settings: { dial_queues: dialQueuesAt(QUEUE) },
  });
  const worker = await createWorker({
    connection: env.nativeConnection,
    taskQueue: QUEUE,
    workflowBundle: bundle,
    activities,
  });
  await worker.runUntil(async () => {
    const handle = await env.client.workflow.start('bookAppointment', {
      workflowId: input.order.id,
      taskQueue: QUEUE,
      args: [input],
    });
    const outcome = (await handle.result()) as Outcome;
    expect(outcome).toMatchObject({ result: 'confirmed', channel: 'native' });
    const runs = await runsOf(input.order.id, handle.firstExecutionRunId);
    expect(runs.length).toBeGreaterThan(1);
    expect(Math.max(...runs)).toBeLessThan(1_200);
    const last = await env.client.workflow.getHandle(input.order.id).describe();
    expect(last.typedSearchAttributes.get(BookingStatusKey)).toBe('completed');
  });
  expect(scripted.words.filter((word) => word.startsWith('dial'))).toEqual(['dial native', 'dial native']);
  expect(scripted.told).toEqual(['booking.attempt_failed 1', 'booking.final confirmed']);
  // Both attempts are in the last record.
  expect(scripted.snapshots.at(-1)!.view.attempts.map(({ status }) => status)).toEqual(['busy', 'completed']);
}, 240_000);

it('a booking that is handed its number goes on at once, however long it would have slept', async () => {
  const began = await now();
  const scripted = scriptedActivities({ dial: (n) => ({ result: accepted(n), later: goodCall(n) }) }, now);
  scripted.activities.takeLine = async () => ({ taken: false, of_key: 0 });
  const input = bookingInput({
    order: { created_at: new Date(began).toISOString() },
    settings: { dial_queues: dialQueuesAt(QUEUE) },
  });
  const worker = await createWorker({
    connection: env.nativeConnection,
    taskQueue: QUEUE,
    workflowBundle: bundle,
    activities: scripted.activities,
  });
  await worker.runUntil(async () => {
    const handle = await env.client.workflow.start('bookAppointment', {
      workflowId: input.order.id,
      taskQueue: QUEUE,
      args: [input],
    });
    await env.sleep('1 minute');
    await handle.signal('lineHanded');
    expect(await handle.result()).toMatchObject({ result: 'confirmed' });
  });
  // It had asked once, and would have looked again after some minutes.
  const [first] = scripted.snapshots.at(-1)!.view.attempts;
  expect(Date.parse(first!.started_at) - began).toBeLessThan(2 * 60_000);
}, 120_000);
