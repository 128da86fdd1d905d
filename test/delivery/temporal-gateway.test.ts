import { beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { pino } from 'pino';
import { temporalGateway } from '../../delivery/temporal-gateway.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker } from '../support/create-worker.ts';
import { dialQueuesAt } from '../support/escalation.ts';
import { bookingInput } from '../support/orders.ts';
import { scriptedActivities } from '../support/scripted-activities.ts';
import { devServer } from '../support/temporal.ts';
import { until } from '../support/until.ts';

const log = pino({ level: 'silent' });
/** Queues of an installation that dials only at Twilio. */
const QUEUES = { taskQueue: 'q', callsQueue: 'q-calls', dialQueues: { twilio: 'q-twilio' } };

const statusOf = (callId: string): Evidence => ({
  kind: 'call_status',
  source: 'callback',
  id: `callback:${callId}`,
  call_id: callId,
  at: '2026-11-23T12:00:00.000Z',
  call_sid: 'CA1',
  status: 'ringing',
});

/** Nobody works on its dial queues, so the booking waits. */
const waiting = (id: string, queue: string) =>
  bookingInput({
    order: { id, created_at: new Date().toISOString() },
    settings: {
      calling_window: { from: 0, to: 1440 },
      available: ['native'],
      line_id: `line-${id}`,
      dial_queues: dialQueuesAt(`${queue}-nobody`),
    },
  });

describe('with Temporal', () => {
  const temporal = devServer();
  const queue = 'gateway-test';
  const queues = { taskQueue: queue, callsQueue: `${queue}-calls`, dialQueues: { twilio: `${queue}-twilio` } };
  const gateway = () => temporalGateway({ client: temporal.env.client, queues, log });
  let bundle: WorkflowBundleWithSourceMap;

  const withWorker = async (check: () => Promise<void>): Promise<void> => {
    const scripted = scriptedActivities({} as never, async () => Date.now());
    const worker = await createWorker({
      connection: temporal.env.nativeConnection,
      taskQueue: queue,
      workflowBundle: bundle,
      activities: scripted.activities,
    });
    await worker.runUntil(check());
  };
  /** Runs `check` beside a worker of one activity queue. */
  const withActivities = async (taskQueue: string, check: () => Promise<void>): Promise<void> => {
    const { activities } = scriptedActivities({} as never, async () => Date.now());
    const worker = await createWorker({ connection: temporal.env.nativeConnection, taskQueue, activities });
    await worker.runUntil(check());
  };
  const unpolled = async () => (await gateway().health()).unpolled;

  beforeAll(async () => {
    bundle = await bundleWorkflows();
  }, 120_000);
  it('starts without a worker, tells so, and knows nothing of the state', async () => {
    await gateway().start(waiting('bk_aaaa', queue));
    await gateway().start(waiting('bk_aaaa', queue));
    expect(await gateway().health()).toEqual({
      temporal: true,
      worker: false,
      unpolled: [queue, `${queue}-calls`, `${queue}-twilio`],
    });
    expect(await gateway().state('bk_aaaa')).toBeUndefined();
    expect(await gateway().signal('callStatus', statusOf('bk_aaaa.1'))).toBe('delivered');
    expect(await gateway().cancel('bk_aaaa')).toEqual({ answer: 'accepted' });
    const described = await temporal.env.client.workflow.getHandle('bk_aaaa').describe();
    expect(described.searchAttributes.BookingStatus).toEqual(['queued']);
    expect(JSON.stringify(described.raw.workflowExecutionInfo?.memo ?? {})).not.toMatch('43211234');
  });

  it('keeps a cancellation that no worker could answer', async () => {
    const id = 'bk_cccc';
    await gateway().start(waiting(id, queue));
    expect(await gateway().cancel(id)).toEqual({ answer: 'accepted' });
    await withWorker(async () => {
      expect(await temporal.env.client.workflow.getHandle(id).result()).toMatchObject({ result: 'canceled' });
    });
  });

  it('with a worker: state, cancel, and a booking that is over', () =>
    withWorker(async () => {
      const id = 'bk_bbbb';
      await gateway().start(waiting(id, queue));
      await until(async () => (await gateway().state(id)) !== undefined);
      expect(await gateway().state(id)).toMatchObject({ id, outcome: null });
      expect(await gateway().cancel(id)).toMatchObject({ answer: 'accepted', view: { id } });
      await temporal.env.client.workflow.getHandle(id).result();
      expect(await gateway().cancel(id)).toEqual({ answer: 'not_found' });
      expect(await gateway().signal('callStatus', statusOf(`${id}.1`))).toBe('closed');
      expect(await gateway().state(id)).toMatchObject({ outcome: { result: 'canceled' } });
      await gateway().start(waiting(id, queue));
      expect(await gateway().state(id)).toMatchObject({ outcome: { result: 'canceled' } });
    }));

  it('is healthy once every queue is polled, and names those that are not yet', () =>
    withWorker(async () => {
      await until(async () => !(await unpolled()).includes(queue));
      expect(await unpolled()).toEqual([`${queue}-calls`, `${queue}-twilio`]);
      await withActivities(`${queue}-calls`, async () => {
        await until(async () => (await unpolled()).length === 1);
        expect(await gateway().health()).toEqual({ temporal: true, worker: false, unpolled: [`${queue}-twilio`] });
        await withActivities(`${queue}-twilio`, async () => {
          await until(async () => (await gateway().health()).worker);
          expect(await unpolled()).toEqual([]);
        });
      });
    }));

  it('of a booking that Temporal never knew', async () => {
    expect(await gateway().signal('callStatus', statusOf('bk_unknown.1'))).toBe('closed');
    expect(await gateway().cancel('bk_unknown')).toEqual({ answer: 'not_found' });
    expect(await gateway().state('bk_unknown')).toBeUndefined();
  });
});

describe('whether a worker polls', () => {
  const seconds = Math.floor(Date.now() / 1_000);
  const poller = (buildId?: string, age = 0) => ({
    lastAccessTime: { seconds: String(seconds - age) },
    ...(buildId && { deploymentOptions: { deploymentName: 'vocero', buildId, workerVersioningMode: 2 } }),
  });
  const current = (buildId: string) => ({ currentDeploymentVersion: { deploymentName: 'vocero', buildId } });

  interface Asked {
    taskQueue: { name: string };
    taskQueueType: number;
  }
  const gatewayWith = (describeTaskQueue: (of: Asked) => object) =>
    temporalGateway({
      client: {
        options: { namespace: 'default' },
        withDeadline: (_at: number, call: () => unknown) => call(),
        workflowService: { describeTaskQueue: async (of: Asked) => describeTaskQueue(of) },
      } as unknown as Client,
      queues: QUEUES,
      log,
    });
  const healthWith = (describeTaskQueue: (of: Asked) => object) => gatewayWith(describeTaskQueue).health();

  it.each([
    ['no, without any', [], {}, false],
    ['yes, by one that is not versioned', [poller()], {}, true],
    ['no, when it has not polled for longer than a poll lasts', [poller(undefined, 120)], {}, false],
    ['no, by a build while none is current', [poller('a')], {}, false],
    ['yes, by the current build', [poller('a'), poller('b')], current('b'), true],
    ['no, by another build alone', [poller('a')], current('b'), false],
    ['no, by one that is not versioned beside a current build', [poller()], current('b'), false],
    ['no, by the current build of long ago', [poller('b', 120), poller('a')], current('b'), false],
  ])('%s', async (_what, pollers, versioningInfo, worker) => {
    const health = await healthWith(() => ({ pollers, versioningInfo }));
    expect(health).toEqual({ temporal: true, worker, unpolled: worker ? [] : ['q', 'q-calls', 'q-twilio'] });
  });

  it('is asked of each kind of task, since a worker may take the workflows and not their activities', async () => {
    const health = await healthWith(({ taskQueueType }) => ({ pollers: taskQueueType === 1 ? [poller()] : [] }));
    expect(health).toEqual({ temporal: true, worker: false, unpolled: ['q', 'q-calls', 'q-twilio'] });
  });

  it('no, where the current build polls the bookings’ queue and another one that of the dials', async () => {
    const health = await healthWith(({ taskQueue: { name } }) => ({
      pollers: [poller(name === 'q-twilio' ? 'a' : 'b')],
      versioningInfo: current(name === 'q-twilio' ? 'a' : 'b'),
    }));
    expect(health).toEqual({ temporal: true, worker: false, unpolled: ['q-twilio'] });
  });

  it('is not asked again within a second', async () => {
    let asked = 0;
    const gateway = gatewayWith(() => {
      asked++;
      return { pollers: [poller()] };
    });
    await Promise.all([gateway.health(), gateway.health(), gateway.health()]);
    // Four queues: the bookings' name stands for two.
    expect(asked).toBe(4);
  });
});

describe('without Temporal', () => {
  it('everything says so in time', async () => {
    const connection = Connection.lazy({ address: '127.0.0.1:1' });
    const gateway = temporalGateway({ client: new Client({ connection }), queues: QUEUES, log });
    const answers = await Promise.allSettled([
      gateway.start(waiting('bk_aaaa', 'q')),
      gateway.signal('callStatus', statusOf('bk_aaaa.1')),
      gateway.cancel('bk_aaaa'),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { name: 'Unavailable' } });
    }
    expect(await gateway.state('bk_aaaa')).toBeUndefined();
    expect(await gateway.health()).toEqual({ temporal: false, worker: false, unpolled: [] });
    await connection.close();
  });
});
