import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type DevServer, startDevServer } from '../../temporal/dev-server.ts';
import { findTemporalCli } from '../../temporal/find-cli.ts';
import { webServer } from '../providers/web-server.ts';
import { until } from '../support/until.ts';
import { Client, ONLY_BRIDGE } from './support/client.ts';
import { end, type RunningProcess, ready, startProcess, tail } from './support/process.ts';
import { LIVE, ownPort } from './support/system.ts';

/** One API, and workers of several builds, each a process of its own. */
let folder: string;
let temporal: DevServer;
let connection: Connection;
let sandbox: Sandbox;
let env: Record<string, string>;
let url: string;
const processes: RunningProcess[] = [];
const workers: Record<string, RunningProcess> = {};

const start = (program: string, more: Record<string, string>): RunningProcess => {
  const one = startProcess([program], folder, { ...env, ...more });
  processes.push(one);
  return one;
};

async function startWorker(buildId: string): Promise<void> {
  const healthPort = String(await ownPort());
  workers[buildId] = start('processes/worker.ts', { BUILD_ID: buildId, WORKER_HEALTH_PORT: healthPort });
  await ready(workers[buildId], `http://127.0.0.1:${healthPort}/healthz`);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vocero-versions-'));
  const port = await ownPort();
  url = `http://127.0.0.1:${port}`;
  const quiet = (): void => undefined;
  [temporal, sandbox] = await Promise.all([
    startDevServer({
      executable: await findTemporalCli({ env: process.env, progress: quiet }),
      dataDir: join(folder, 'temporal'),
      port: await ownPort(),
      namespace: 'default',
      // Temporal takes six minutes to call a build drained, so that even slow stores have heard of every run.
      dynamicConfig: {
        'matching.wv.VersionDrainageStatusVisibilityGracePeriod': '2s',
        'matching.wv.VersionDrainageStatusRefreshInterval': '2s',
      },
      progress: quiet,
    }),
    startSandbox({ publicUrl: url, pace: 6 }),
  ]);
  env = {
    ...LIVE,
    ...sandbox.env,
    PUBLIC_URL: url,
    PORT: String(port),
    TEMPORAL_ADDRESS: temporal.address,
    DATA_DIR: join(folder, 'data'),
    HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  connection = await Connection.connect({ address: temporal.address });
  const api = start('processes/api.ts', {});
  await ready(api, `${url}/healthz`);
}, 180_000);

afterAll(async () => {
  await end(...processes);
  await connection?.close();
  await sandbox?.close();
  await temporal?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** `npm run deploy:…` */
async function deploy(...args: string[]): Promise<{ code: number | string; said: string }> {
  const one = startProcess(['cli/deploy.ts', ...args], folder, env);
  return { code: await one.ended, said: one.log() };
}

interface Row {
  buildId: string;
  state: string;
  openRuns: number;
  mayBeStopped: boolean;
}

const statusOf = async (buildId: string): Promise<Row> =>
  (JSON.parse((await deploy('status', '--json')).said) as Row[]).find((row) => row.buildId === buildId)!;

/** The build that a booking stays with; undefined before its first task. */
async function buildOf(workflowId: string): Promise<string | undefined> {
  const { workflowExecutionInfo } = await connection.workflowService.describeWorkflowExecution({
    namespace: 'default',
    execution: { workflowId },
  });
  const { versioningInfo } = workflowExecutionInfo!;
  return (
    versioningInfo?.versioningOverride?.pinned?.version?.buildId ??
    versioningInfo?.deploymentVersion?.buildId ??
    undefined
  );
}

/** The processes (by id) that have had a hand in a booking, dials apart. */
async function hands(workflowId: string): Promise<{ all: Set<number>; dials: Set<number> }> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({
    namespace: 'default',
    execution: { workflowId },
  });
  const pidOf = (identity: string | null | undefined): number => Number.parseInt(identity ?? '', 10);
  const dials = new Set<string>();
  const found = { all: new Set<number>(), dials: new Set<number>() };
  for (const event of history!.events!) {
    const { activityTaskScheduledEventAttributes: scheduled, activityTaskStartedEventAttributes: started } = event;
    if (scheduled?.activityType?.name?.startsWith('dial')) dials.add(String(event.eventId));
    if (started && dials.has(String(started.scheduledEventId))) found.dials.add(pidOf(started.identity));
    if (started) found.all.add(pidOf(started.identity));
    if (event.workflowTaskCompletedEventAttributes)
      found.all.add(pidOf(event.workflowTaskCompletedEventAttributes.identity));
  }
  return found;
}

const showing = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    for (const one of processes) console.error(tail(one.log()));
    throw error;
  }
};

/** A booking whose first call rings until it is released, and is busy then; the second one is answered. */
const ringing = async (phone: string): Promise<string> => {
  const client = new Client(url);
  sandbox.scenario({ number: phone, callee: 'busy,answer-and-book', hold: 'ringing' });
  const { id } = await client.book(phone, { ...ONLY_BRIDGE, bridge: { ring_seconds: 120 } });
  await client.until(id, (view) => view.attempts[0]?.status === 'ringing');
  return id;
};

it(
  'with no worker yet the API is not ready; the first build that comes takes the bookings by itself',
  () =>
    showing(async () => {
      const idle = await new Client(url).send('GET', '/readyz');
      expect([idle.status, idle.body.detail]).toEqual([
        503,
        'Not ready: worker (no worker polls the task queues bookings, bookings-calls, bookings-elevenlabs, bookings-twilio).',
      ]);
      await startWorker('a');
      await until(async () => (await new Client(url).send('GET', '/readyz')).status === 200, 60_000, 'readiness');
    }),
  120_000,
);

it(
  'a build that is promoted gets new bookings; the open one stays with its own, over a kill, dials included',
  () =>
    showing(async () => {
      const client = new Client(url);
      await startWorker('b');
      await until(() => workers.b!.log().includes('another build takes new bookings'), 60_000, 'the log line');
      expect(await statusOf('b')).toMatchObject({ state: 'not used yet', openRuns: 0 });

      const onA = await ringing('+541143210901');
      expect(await buildOf(onA)).toBe('a');
      const promoted = await deploy('promote', '--build-id', 'b');
      expect(promoted).toEqual({ code: 0, said: expect.stringContaining('current: b (was a)') });
      expect(await statusOf('a')).toMatchObject({ state: 'draining', openRuns: 1, mayBeStopped: false });
      const dead = workers.a!.pid;
      workers.a!.signal('SIGKILL');
      await workers.a!.ended;
      expect(sandbox.release('+541143210901')).toBe(true);

      const { id } = await client.book('+541143210902', ONLY_BRIDGE);
      expect(await client.final(id, 60_000)).toMatchObject({ status: 'completed' });
      expect(await buildOf(id)).toBe('b');
      expect((await hands(id)).all).toEqual(new Set([workers.b!.pid]));

      await startWorker('a');
      const view = await client.final(onA, 120_000);
      expect(view).toMatchObject({ status: 'completed', outcome: { result: 'confirmed', channel: 'bridge' } });
      expect(await buildOf(onA)).toBe('a');
      const { all, dials } = await hands(onA);
      expect(all).toEqual(new Set([dead, workers.a!.pid]));
      expect(dials).toEqual(new Set([dead, workers.a!.pid]));
      expect(sandbox.log('+541143210901').calls).toHaveLength(2);
      expect(await deploy('promote', '--build-id', 'b')).toEqual({
        code: 0,
        said: expect.stringContaining('current: b\n'),
      });
    }),
  240_000,
);

it(
  'a build that nothing needs any more may be stopped, and status says so',
  () =>
    showing(async () => {
      await until(async () => (await statusOf('a')).mayBeStopped, 60_000, 'build a to be drained');
      expect((await deploy('status')).said).toMatch(/^a: drained, 0 open, .*may be stopped$/m);
      workers.a!.signal('SIGTERM');
      expect(await workers.a!.ended).toBe(0);
    }),
  120_000,
);

it(
  'a share of the new bookings is given and taken back',
  () =>
    showing(async () => {
      await startWorker('c');
      const ramped = await deploy('promote', '--build-id', 'c', '--ramp', '25');
      expect(ramped).toEqual({ code: 0, said: expect.stringContaining('ramping: c, 25 % of new bookings') });
      expect(await statusOf('c')).toMatchObject({ state: 'ramping' });
      expect((await deploy('promote', '--build-id', 'c', '--ramp', '0')).code).toBe(0);
      expect((await statusOf('c')).state).not.toBe('ramping');
      expect(await statusOf('b')).toMatchObject({ state: 'current' });
    }),
  120_000,
);

it(
  'a message that its receiver does not take goes on at the current build, and holds no old one up',
  () =>
    showing(async () => {
      const promoted = Promise.withResolvers<void>();
      // The first try goes on until another build is current, and is in vain.
      const receiver = await webServer(({ json }) => {
        const first = receiver.seen.length === 1;
        void promoted.promise.then(() => json(first ? 500 : 200, {}));
      });
      const client = new Client(url);
      const { id } = await client.book('+541143210904', { ...ONLY_BRIDGE, callback_url: receiver.url });
      await client.final(id, 60_000);
      await until(() => receiver.seen.length > 0, 30_000, 'a first try');
      expect((await deploy('promote', '--build-id', 'c')).code).toBe(0);
      promoted.resolve();
      const message = await until(
        async () => {
          const { body } = await client.send('GET', `/v1/bookings/${id}/messages`);
          return (body.data as { id: string; state: string }[]).find(({ state }) => state === 'delivered');
        },
        60_000,
        'the delivery',
      );
      await receiver.close();
      expect(await buildOf(message.id)).toBe('c');
      expect((await deploy('promote', '--build-id', 'b')).code).toBe(0);
    }),
  180_000,
);

it(
  'the open bookings of a build that cannot run any more are moved to one that can replay them',
  () =>
    showing(async () => {
      const id = await ringing('+541143210903');
      expect(await buildOf(id)).toBe('b');
      workers.b!.signal('SIGKILL');
      await workers.b!.ended;
      expect((await deploy('promote', '--build-id', 'c')).code).toBe(0);
      expect(await deploy('move', '--from', 'b', '--to', 'c')).toEqual({
        code: 0,
        said: expect.stringContaining('moved 1 open run from b to c'),
      });
      expect(sandbox.release('+541143210903')).toBe(true);
      const view = await new Client(url).final(id, 120_000);
      expect(view).toMatchObject({ status: 'completed', outcome: { result: 'confirmed' } });
      expect(await buildOf(id)).toBe('c');
      expect(sandbox.log('+541143210903').calls).toHaveLength(2);
    }),
  240_000,
);

it.each([
  [
    'a build that nobody runs',
    ['promote', '--build-id', 'nobody', '--wait', '0'],
    1,
    /no worker of build nobody polls bookings/,
  ],
  ['a promotion of nothing', ['promote'], 2, /name the build with --build-id or BUILD_ID/],
  ['half a share', ['promote', '--build-id', 'c', '--ramp', '0.5'], 2, /--ramp is "0.5"; give a whole number/],
  ['an unknown word', ['demote'], 2, /promote, status or move/],
])('refuses %s, with what to do', async (_what, args, code, said) => {
  expect(await deploy(...args)).toEqual({ code, said: expect.stringMatching(said) });
});
