import { expect, it } from '@jest/globals';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { bookAppointment } from '../../workflows/index.ts';
import { createWorker } from '../support/create-worker.ts';
import { dialQueuesAt } from '../support/escalation.ts';
import { bookingInput } from '../support/orders.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { refused, simulated } from '../support/table.ts';
import { newTimeSkipping } from '../support/temporal.ts';
import { status } from '../support/world.ts';

const QUEUE = 'bookings';

it('a call on record that the workflow does not know of is seen to its end before a simulation begins', async () => {
  const bundle = await bundleWorkflows();
  const env = await newTimeSkipping();
  try {
    const now = async (): Promise<number> => Number(await env.currentTimeMs());
    const { activities, words, alarms } = scriptedActivities(
      { dial: () => ({ result: refused }), simulate: simulated },
      now,
    );
    // Another run of the booking, which the engine has forgotten, rang a busy line.
    const at = new Date(await now()).toISOString();
    const dial = { call_id: 'bk_test0001.7', channel: 'native' as const, at, call_sid: 'CA7' };
    activities.recall = async () => ({ dials: [dial], evidence: [status(7, 'busy', { call_sid: 'CA7' })] });
    const input = bookingInput({
      order: { created_at: at },
      settings: { dial_queues: dialQueuesAt(QUEUE) },
    });
    const worker = await createWorker({
      connection: env.nativeConnection,
      taskQueue: QUEUE,
      workflowBundle: bundle,
      activities,
    });
    const outcome = await worker.runUntil(
      env.client.workflow.execute(bookAppointment, { workflowId: 'x', taskQueue: QUEUE, args: [input] }),
    );
    expect(outcome).toMatchObject({ result: 'needs_review' });
    expect(words).not.toContain('simulate');
    expect(alarms).toContain('stores_disagree');
  } finally {
    await env.teardown();
  }
});
