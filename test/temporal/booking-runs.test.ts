import { beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '@temporalio/client';
import { bookingRuns } from '../../temporal/booking-runs.ts';
import { dataConverter } from '../../temporal/data-converter.ts';
import { devServer } from '../support/temporal.ts';
import { until } from '../support/until.ts';

const temporal = devServer();
const QUEUE = 'nobody-polls';
const KEYS = [Buffer.alloc(32, 7)];

/** As the product's: its payloads are encrypted. */
const client = (namespace = temporal.env.namespace ?? 'default'): Client =>
  new Client({ connection: temporal.env.connection, namespace, dataConverter: dataConverter(KEYS) });
const runs = (namespace?: string) => bookingRuns(client(namespace), QUEUE);

const start = (workflowId: string, taskQueue = QUEUE) =>
  client().workflow.start('bookAppointment', { workflowId, taskQueue, args: [{ order: { id: workflowId } }] });

const open = async (): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { workflowId } of runs().open()) ids.push(workflowId);
  return ids.toSorted();
};

describe('the runs of bookings', () => {
  beforeAll(async () => {
    await start('bk_open0001');
    await (await start('bk_closed01')).terminate();
    await start('bk_others01', 'of-another-deployment');
    await start('bk_again001').then((run) => run.terminate());
    await start('bk_again001');
  }, 60_000);

  it('that are open are those of this task queue that go on', async () => {
    await until(async () => (await open()).length === 2, 30_000, 'the engine’s list');
    expect(await open()).toEqual(['bk_again001', 'bk_open0001']);
  });

  it('stand as the newest run of their booking does', async () => {
    const standing = async (id: string) => (await runs().standing(id)).is;
    expect(await standing('bk_open0001')).toBe('open');
    expect(await standing('bk_again001')).toBe('open');
    expect(await standing('bk_closed01')).toBe('gone');
    expect(await standing('bk_never001')).toBe('gone');
  });

  it('are not taken for gone where there is no such namespace', async () => {
    await runs().check();
    await expect(runs('elsewhere').check()).rejects.toThrow();
    await expect(runs('elsewhere').standing('bk_open0001')).rejects.toThrow();
  });

  it('say what they were started with', async () => {
    const { runId } = await client().workflow.getHandle('bk_open0001').describe();
    expect(await runs().inputOf({ workflowId: 'bk_open0001', runId })).toEqual({ order: { id: 'bk_open0001' } });
  });

  it('take a signal while they are open', async () => {
    const window = { from: 540, to: 1200 };
    expect(await runs().tellWindow('bk_open0001', window)).toBe(true);
    expect(await runs().tellWindow('bk_closed01', window)).toBe(false);
    const { runId } = await client().workflow.getHandle('bk_again001').describe();
    await runs().requestCancel({ workflowId: 'bk_again001', runId });
    await expect(runs().mayRing({ workflowId: 'bk_again001', runId })).rejects.toThrow();
  });
});
