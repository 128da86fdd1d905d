import { expect, it } from '@jest/globals';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { bookAppointment } from '../../workflows/index.ts';
import { createWorker } from '../support/create-worker.ts';
import { dialQueuesAt } from '../support/escalation.ts';
import { bookingInput } from '../support/orders.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { endsAs, goodCall } from '../support/table.ts';
import { newTimeSkipping } from '../support/temporal.ts';
import { accepted } from '../support/world.ts';

const QUEUE = 'bookings';

it('a release that the database delays never frees the line under the next dial', async () => {
  const bundle = await bundleWorkflows();
  const env = await newTimeSkipping();
  try {
    const now = async (): Promise<number> => Number(await env.currentTimeMs());
    const scripted = scriptedActivities(
      {
        dial: (n) => ({ result: accepted(n), later: n === 1 ? endsAs(n, 'busy') : goodCall(n) }),
      },
      now,
    );
    const log: string[] = [];
    let outUntil = 0;
    const { activities } = scripted;
    activities.takeLine = async () => {
      log.push('taken');
      return { taken: true, of_key: 1 };
    };
    activities.releaseLine = async () => {
      const at = await now();
      outUntil ||= at + 7_000;
      if (at < outUntil) throw new Error('database is out');
      log.push('released');
    };
    const dial = activities.dial;
    activities.dial = async (input) => {
      log.push(`dialed ${input.call_id}`);
      return dial(input);
    };
    const input = bookingInput({
      native: { redial_delay_seconds: 2, max_attempts: 2 },
      bridge: { enabled: false },
      order: { created_at: new Date(await now()).toISOString() },
      settings: { dial_queues: dialQueuesAt(QUEUE) },
    });
    const worker = await createWorker({
      connection: env.nativeConnection,
      taskQueue: QUEUE,
      workflowBundle: bundle,
      activities,
    });
    await worker.runUntil(
      env.client.workflow.execute(bookAppointment, { workflowId: 'x', taskQueue: QUEUE, args: [input] }),
    );
    expect(log.indexOf('released')).toBeLessThan(log.indexOf('dialed bk_test0001.2'));
  } finally {
    await env.teardown();
  }
}, 120_000);
