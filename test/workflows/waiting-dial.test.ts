import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createActivities } from '../../activities/index.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { stillWantedQuery } from '../../worker/still-wanted.ts';
import { bookAppointment } from '../../workflows/index.ts';
import { elevenlabs, type World, world } from '../activities/world.ts';
import { createWorker } from '../support/create-worker.ts';
import { dialQueuesAt } from '../support/escalation.ts';
import { bookingInput } from '../support/orders.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { devServer } from '../support/temporal.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 60_000;

/** A dial is queued, then every process stops; the client cancels meanwhile, which the engine keeps. */
describe('a dial that waited while nothing ran', () => {
  const temporal = devServer();
  let bundle: WorkflowBundleWithSourceMap;
  let here: World;
  let dialed: string[];

  beforeAll(async () => {
    bundle = await bundleWorkflows();
  }, 120_000);
  beforeEach(async () => {
    here = await world({ clock: undefined, stillWanted: asker() });
    dialed = [];
    here.deps.elevenlabs = elevenlabs({
      dial: async ({ call_id }) => {
        dialed.push(call_id);
        return { proves: 'channel_refused', problem: { code: 'test', message: 'refused' } };
      },
    });
  });
  afterEach(() => here.end());

  const workflows = (id: string) =>
    createWorker({
      connection: temporal.env.nativeConnection,
      taskQueue: id,
      workflowBundle: bundle,
      activities: scriptedActivities({} as never, async () => Date.now()).activities,
      shutdownGraceTime: 100,
    });
  const dials = (id: string) =>
    createWorker({
      connection: temporal.env.nativeConnection,
      taskQueue: `${id}-dials`,
      activities: createActivities(here.deps),
      shutdownGraceTime: 100,
    });
  /** As a worker asks, over its own kind of connection. */
  const asker = () => stillWantedQuery({ connection: temporal.env.nativeConnection, dataConverter: {} });
  const handle = (id: string) => temporal.env.client.workflow.getHandle(id);
  const history = async (id: string) => (await handle(id).fetchHistory()).events ?? [];

  const place = async (id: string): Promise<void> => {
    await here.deps.records.acceptBooking({ order: bookingInput({ order: { id } }).order, owner: 'owner' });
    const input = bookingInput({
      order: { id, created_at: new Date().toISOString() },
      settings: {
        calling_window: { from: 0, to: 1440 },
        available: ['native'],
        line_id: `line-${id}`,
        dial_queues: dialQueuesAt(`${id}-dials`),
      },
    });
    await temporal.env.client.workflow.start(bookAppointment, { workflowId: id, taskQueue: id, args: [input] });
  };
  /** Until its dial waits in the queue; then nothing runs any more. */
  const queued = async (id: string): Promise<void> => {
    await place(id);
    const worker = await workflows(id);
    await worker.runUntil(() =>
      until(async () =>
        (await history(id)).some((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'dial'),
      ),
    );
  };
  const outcomeOnceAwake = async (id: string): Promise<unknown> => {
    const both = await Promise.all([workflows(id), dials(id)]);
    const result = handle(id).result();
    await Promise.all(both.map((worker) => worker.runUntil(result)));
    return result;
  };

  it(
    'leaves when both wake up and it is still wanted',
    async () => {
      await queued('bk_wanted');
      expect(await outcomeOnceAwake('bk_wanted')).toMatchObject({ result: 'error' });
      expect(dialed).toEqual(['bk_wanted.1']);
    },
    LIMIT_MS,
  );

  it(
    'does not leave when both wake up after a cancel',
    async () => {
      await queued('bk_unwanted');
      await handle('bk_unwanted').signal('requestCancel');
      expect(await outcomeOnceAwake('bk_unwanted')).toMatchObject({ result: 'canceled' });
      expect(dialed).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'is put off while it wakes alone: without its workflow’s word nothing is dialed',
    async () => {
      await queued('bk_alone');
      await handle('bk_alone').signal('requestCancel');
      const worker = await dials('bk_alone');
      await worker.runUntil(() =>
        until(async () =>
          (await history('bk_alone')).some((event) =>
            String(event.activityTaskCompletedEventAttributes?.result?.payloads?.[0]?.data).includes('workflow_silent'),
          ),
        ),
      );
      expect(await outcomeOnceAwake('bk_alone')).toMatchObject({ result: 'canceled' });
      expect(dialed).toEqual([]);
    },
    LIMIT_MS,
  );

  it('is not wanted by a booking that is gone, or whose run was terminated', async () => {
    const call = 'bk_ended.1';
    expect(await asker()({ workflowId: 'bk_nowhere' }, 'bk_nowhere.1')).toBe(false);
    await queued('bk_ended');
    const worker = await workflows('bk_ended');
    await worker.runUntil(async () => {
      expect(await asker()({ workflowId: 'bk_ended' }, call)).toBe(true);
      await handle('bk_ended').terminate();
      expect(await asker()({ workflowId: 'bk_ended' }, call)).toBe(false);
    });
  });

  it(
    'does not leave when the cancel came while its workflow was still busy with the database',
    async () => {
      const id = 'bk_busy';
      let taking: () => void = () => undefined;
      const begun = new Promise<void>((resolve) => {
        taking = resolve;
      });
      let canceled: () => void = () => undefined;
      const told = new Promise<void>((resolve) => {
        canceled = resolve;
      });
      const { activities } = scriptedActivities({} as never, async () => Date.now());
      const busy = await createWorker({
        connection: temporal.env.nativeConnection,
        taskQueue: id,
        workflowBundle: bundle,
        activities: {
          ...activities,
          // A local activity: its workflow task stays open, and what comes meanwhile is read after the dial has been queued.
          takeLine: async () => {
            taking();
            await told;
            return true;
          },
        },
        shutdownGraceTime: 100,
      });
      const dialer = await dials(id);
      await place(id);
      const result = handle(id).result();
      const both = Promise.all([busy.runUntil(result), dialer.runUntil(result)]);
      await begun;
      await handle(id).signal('requestCancel');
      canceled();
      await both;
      expect(await result).toMatchObject({ result: 'canceled' });
      expect(dialed).toEqual([]);
    },
    LIMIT_MS,
  );
});
