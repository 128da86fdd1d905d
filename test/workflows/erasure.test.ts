import { expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { ErasureActivities } from '../../activities/interface.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { eraseBooking, keepRetention } from '../../workflows/index.ts';
import { createWorker } from '../support/create-worker.ts';
import { keepHistory } from '../support/histories.ts';
import { newTimeSkipping } from '../support/temporal.ts';
import { until } from '../support/until.ts';

const QUEUE = 'bookings';
const HOUR = 3_600_000;

/** Runs workflows with activities that only write down what they were asked, on a server that skips time. */
async function running(
  script: Partial<ErasureActivities>,
  proof: (given: {
    env: Awaited<ReturnType<typeof newTimeSkipping>>;
    words: string[];
    now: () => Promise<number>;
  }) => Promise<void>,
): Promise<void> {
  const bundle = await bundleWorkflows();
  const env = await newTimeSkipping();
  const words: string[] = [];
  const said =
    (what: string) =>
    async ({ booking_id }: { booking_id: string }): Promise<void> =>
      void words.push(`${what} ${booking_id}`);
  const activities: ErasureActivities = {
    forgetBooking: said('forget'),
    eraseAtProviders: said('providers'),
    finishErasure: said('finish'),
    beginDueErasures: async () => [],
    tidyUp: async () => void words.push('tidy'),
    ...script,
  };
  try {
    const worker = await createWorker({
      connection: env.nativeConnection,
      taskQueue: QUEUE,
      workflowBundle: bundle,
      activities,
    });
    await worker.runUntil(proof({ env, words, now: async () => Number(await env.currentTimeMs()) }));
  } finally {
    await env.teardown();
  }
}

it('an erasure goes on for as long as a provider is out of reach, and is done only then', async () => {
  let tries = 0;
  let words: string[] = [];
  await running(
    {
      async eraseAtProviders() {
        tries += 1;
        if (tries <= 40) throw ApplicationFailure.create({ type: 'NotErased', message: 'out of reach' });
        words.push('providers');
      },
    },
    async (given) => {
      words = given.words;
      const began = await given.now();
      await given.env.client.workflow.execute(eraseBooking, {
        workflowId: 'erase-bk_test0001',
        taskQueue: QUEUE,
        args: [{ booking_id: 'bk_test0001' }],
      });
      const run = given.env.client.workflow.getHandle('erase-bk_test0001');
      await keepHistory('an-erasure-that-waits-for-a-provider', await run.fetchHistory());
      expect(words).toEqual(['forget bk_test0001', 'providers', 'finish bk_test0001']);
      expect(tries).toBe(41);
      // Hours apart in the end: more than a day has passed.
      expect((await given.now()) - began).toBeGreaterThan(24 * HOUR);
    },
  );
}, 120_000);

it('by age each booking is erased by a run of its own, in batches, and what is under way is left alone', async () => {
  const batches = [Array.from({ length: 100 }, (_, i) => `bk_batch${1000 + i}`), ['bk_under0way', 'bk_last00001']];
  const asked: unknown[] = [];
  let words: string[] = [];
  let letGo = false;
  await running(
    {
      async beginDueErasures(input) {
        asked.push(input);
        return batches.shift() ?? [];
      },
      async eraseAtProviders({ booking_id }) {
        words.push(`providers ${booking_id}`);
        if (booking_id === 'bk_under0way') await until(() => letGo, 60_000, 'the end of the proof');
      },
    },
    async (given) => {
      words = given.words;
      const { workflow } = given.env.client;
      const before = await workflow.start(eraseBooking, {
        workflowId: 'erase-bk_under0way',
        taskQueue: QUEUE,
        args: [{ booking_id: 'bk_under0way' }],
      });
      await until(() => words.includes('providers bk_under0way'), 30_000, 'an erasure under way');
      const started = await workflow.execute(keepRetention, {
        workflowId: 'retention',
        taskQueue: QUEUE,
        args: [{ retention_days: 30 }],
      });
      await keepHistory('retention-in-two-batches', await workflow.getHandle('retention').fetchHistory());
      expect(started).toBe(101);
      expect(asked).toEqual(Array(2).fill({ retention_days: 30, limit: 100 }));
      expect(words.filter((word) => word === 'tidy')).toHaveLength(1);
      letGo = true;
      await before.result();
      await until(() => words.filter((word) => word.startsWith('finish ')).length === 102, 60_000, 'every erasure');
      expect(words.filter((word) => word === 'forget bk_under0way')).toHaveLength(1);
    },
  );
}, 120_000);
