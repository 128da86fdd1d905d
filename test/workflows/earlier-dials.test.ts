import { expect, it } from '@jest/globals';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { bookAppointment } from '../../workflows/index.ts';
import { createWorker } from '../support/create-worker.ts';
import { bookingInput } from '../support/orders.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { goodCall, refused } from '../support/table.ts';
import { newTimeSkipping } from '../support/temporal.ts';
import { accepted } from '../support/world.ts';

const QUEUE = 'bookings';

it('a run whose input is an earlier build’s dials each channel by its own activity on its own queue', async () => {
  const bundle = await bundleWorkflows();
  const env = await newTimeSkipping();
  try {
    const now = async (): Promise<number> => Number(await env.currentTimeMs());
    const { activities, words } = scriptedActivities(
      {
        dial: (n, channel) =>
          channel === 'native' ? { result: refused } : { result: accepted(n), later: goodCall(n) },
      },
      now,
    );
    const { dial, ...others } = activities;
    const input = bookingInput({
      order: { created_at: new Date(await now()).toISOString() },
      settings: { dial_queues: { native: 'at-elevenlabs', bridge: 'at-twilio' } },
    });
    const { nativeConnection: connection } = env;
    const [bookings, ...dialers] = await Promise.all([
      createWorker({ connection, taskQueue: QUEUE, workflowBundle: bundle, activities: others }),
      createWorker({
        connection,
        taskQueue: 'at-elevenlabs',
        activities: { dialNative: (given: Parameters<typeof dial>[0]) => dial({ ...given, channel: 'native' }) },
      }),
      createWorker({
        connection,
        taskQueue: 'at-twilio',
        activities: { dialBridge: (given: Parameters<typeof dial>[0]) => dial({ ...given, channel: 'bridge' }) },
      }),
    ]);
    const booked = env.client.workflow.execute(bookAppointment, { workflowId: 'x', taskQueue: QUEUE, args: [input] });
    const ended = Promise.all(dialers.map((worker) => worker.runUntil(booked)));
    expect(await bookings.runUntil(booked)).toMatchObject({ result: 'confirmed', channel: 'bridge' });
    await ended;
    expect(words.filter((word) => word.startsWith('dial'))).toEqual(['dial native', 'dial bridge']);
  } finally {
    await env.teardown();
  }
}, 120_000);
