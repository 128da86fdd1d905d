import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type DevServer, startDevServer } from '../../temporal/dev-server.ts';
import { findTemporalCli } from '../../temporal/find-cli.ts';
import { type Answered, browsersRefuse, send, ways } from '../attacks/web-page.ts';
import type { Databases } from '../records/databases.ts';
import { startPostgres } from '../records/postgres.ts';
import { listenersCanBeSeen, listenersOf } from '../support/listeners.ts';
import { until } from '../support/until.ts';
import { Client, ONLY_BRIDGE } from './support/client.ts';
import { end, type RunningProcess, ready, startProcess, tail } from './support/process.ts';
import { LIVE, ownPort } from './support/system.ts';

/** API, worker and two bridges as processes of their own, on PostgreSQL and a Temporal that none of them started. */
let folder: string;
let temporal: DevServer;
let postgres: Databases | { unavailable: string };
let sandbox: Sandbox;
type Part = 'api' | 'worker' | 'left' | 'right';
let processes: Record<Part, RunningProcess>;
let startBridge: (side: 'left' | 'right') => Promise<RunningProcess>;
let url: string;
let workerMetrics: string;
let bridges: Record<'left' | 'right' | 'metricsOfRight', string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vocero-parts-'));
  const [port, healthPort] = [await ownPort(), await ownPort()];
  const metricsPort = await ownPort();
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  workerMetrics = `http://127.0.0.1:${metricsPort}/metrics`;
  const bridgeMetrics = await ownPort();
  const bridgePorts = { left: await ownPort(), right: await ownPort() };
  bridges = { left: at(bridgePorts.left), right: at(bridgePorts.right), metricsOfRight: at(bridgeMetrics) };
  url = at(port);
  const quiet = (): void => undefined;
  const executable = await findTemporalCli({ env: process.env, progress: quiet });
  [temporal, postgres, sandbox] = await Promise.all([
    startDevServer({
      executable,
      dataDir: join(folder, 'temporal'),
      port: await ownPort(),
      namespace: 'default',
      progress: quiet,
    }),
    startPostgres(),
    startSandbox({ publicUrl: url, pace: 6 }),
  ]);
  const env = {
    ...LIVE,
    ...sandbox.env,
    PUBLIC_URL: url,
    // Of nobody in particular: it says that the API leaves the streams to others.
    BRIDGE_PUBLIC_URL: `http://127.0.0.1:${bridgePorts.left}`,
    BRIDGE_DRAIN_SECONDS: '1',
    TEMPORAL_ADDRESS: temporal.address,
    DATA_DIR: join(folder, 'data'),
    ...('unavailable' in postgres ? {} : { DATABASE_URL: await postgres.newDatabase() }),
    HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
    WORKER_HEALTH_PORT: String(healthPort),
  };
  startBridge = async (side) => {
    const at = `http://127.0.0.1:${bridgePorts[side]}`;
    const bridge = startProcess(['processes/bridge.ts'], folder, {
      ...env,
      PORT: String(bridgePorts[side]),
      BRIDGE_PUBLIC_URL: at,
      // The other bridge serves its metrics beside its streams.
      ...(side === 'right' && { METRICS_PORT: String(bridgeMetrics) }),
    });
    await ready(bridge, `${at}/healthz`);
    return bridge;
  };
  const api = startProcess(['processes/api.ts'], folder, { ...env, PORT: String(port) });
  const worker = startProcess(['processes/worker.ts'], folder, { ...env, METRICS_PORT: String(metricsPort) });
  const [left, right] = await Promise.all([
    startBridge('left'),
    startBridge('right'),
    ready(api, `${url}/readyz`),
    ready(worker, `http://127.0.0.1:${healthPort}/healthz`),
  ]);
  processes = { api, worker, left, right };
}, 180_000);

afterAll(async () => {
  await end(...Object.values(processes ?? {}));
  await sandbox?.close();
  await temporal?.stop();
  if (postgres && !('unavailable' in postgres)) await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const showing = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    for (const [name, part] of Object.entries(processes)) console.error(`${name}:\n${tail(part.log())}`);
    throw error;
  }
};

/** Which bridge's stream of this call began, and how often one did. */
const started = (callId: string, side: 'left' | 'right'): number =>
  processes[side]
    .log()
    .split('\n')
    .filter((line) => line.includes('stream started') && line.includes(callId)).length;

/** Books, waits until the two have talked for a moment, ends the bridge that hosts the call; the view in the end. */
async function talkThatLoses(phone: string, signal: 'SIGKILL' | 'SIGTERM') {
  const client = new Client(url);
  const { id } = await client.book(phone, ONLY_BRIDGE);
  const callId = `${id}.1`;
  const side = await until(
    () => (['left', 'right'] as const).find((one) => started(callId, one) === 1),
    30_000,
    'a stream',
  );
  await until(
    async () => (await client.transcript(id)).some(({ role }) => role === 'business'),
    30_000,
    'a first word',
  );
  processes[side].signal(signal);
  const end = await processes[side].ended;
  const view = await client.final(id, 60_000);
  return {
    id,
    callId,
    view,
    end,
    turns: await client.transcript(id),
    other: side === 'left' ? 'right' : 'left',
    side,
  } as const;
}

const unlessUnseen = listenersCanBeSeen ? it : it.skip;

unlessUnseen(
  'no listener of worker and bridges answers a web page, and theirs who watch them are answered',
  async () => {
    const others = (['worker', 'left', 'right'] as const).flatMap((part) => listenersOf(processes[part].pid));
    // Health, metrics, the SDK's own metrics behind them, a listener of each bridge, and one for the metrics of a bridge.
    expect(others).toHaveLength(6);
    for (const listener of others) {
      const refused = await browsersRefuse(listener);
      for (const headers of refused ? [] : ways(listener.port)) {
        for (const path of ['/healthz', '/metrics', '/']) {
          const answer = await send(listener, { method: 'GET', path, headers });
          expect([listener.port, headers, path, answer?.status]).toEqual([listener.port, headers, path, 403]);
        }
      }
    }
    expect(others.filter(({ host }) => host === '127.0.0.1').length).toBeGreaterThanOrEqual(3);
    const scrape = (host: string): Promise<Answered> =>
      send(
        { host: '127.0.0.1', port: Number(new URL(workerMetrics).port) },
        { method: 'GET', path: '/metrics', headers: { host } },
      );
    for (const host of ['worker:9464', '10.0.0.7:9464', 'worker.calls.svc:9464'])
      expect(await scrape(host)).toMatchObject({ status: 200, text: expect.stringContaining('temporal_') });
  },
);

it(
  'books over a bridge’s own process',
  () =>
    showing(async () => {
      const client = new Client(url);
      const { id } = await client.book('+541143210301', ONLY_BRIDGE);
      const view = await client.final(id, 60_000);
      expect(view).toMatchObject({ status: 'completed', outcome: { result: 'confirmed', channel: 'bridge' } });
      expect(sandbox.log('+541143210301').calls).toHaveLength(1);
      expect(started(`${id}.1`, 'left') + started(`${id}.1`, 'right')).toBe(1);
      expect(processes.api.log()).not.toContain('stream started');
    }),
  90_000,
);

it(
  'the worker’s metrics have Temporal’s counts, and each alarm by its kind',
  () =>
    showing(async () => {
      const client = new Client(url);
      const number = '+541143210304';
      sandbox.scenario({ number, native: '403' });
      const body = { native: {}, bridge: { enabled: false }, simulation: { enabled: false } };
      const booking = await client.outcomeOf(number, body);
      expect(booking.outcome?.result).toBe('error');
      const metrics = await until(async () => {
        const text = await (await fetch(workerMetrics)).text();
        return text.includes('native_refused') ? text : undefined;
      });
      expect(metrics).toMatch(/^vocero_alarms\{[^}]*kind="native_refused"[^}]*\} 1$/m);
      expect(metrics).toMatch(/^temporal_workflow_completed\{/m);
    }),
  60_000,
);

it('a bridge serves its metrics beside its streams, or on the port that is given for them', async () => {
  const metricsAt = async (base: string): Promise<[number, boolean]> => {
    const answer = await fetch(`${base}/metrics`);
    return [answer.status, (await answer.text()).includes('vocero_bridge_live_calls')];
  };
  expect(await metricsAt(bridges.left)).toEqual([200, true]);
  expect(await metricsAt(bridges.right)).toEqual([404, false]);
  expect(await metricsAt(bridges.metricsOfRight)).toEqual([200, true]);
});

it.each([
  ['killed', 'SIGKILL', '+541143210302'],
  ['told to end', 'SIGTERM', '+541143210303'],
] as const)(
  'a call whose bridge is %s in mid-talk goes on at the other one: same leg, no second greeting, one result',
  (_how, signal, phone) =>
    showing(async () => {
      const { id, view, callId, other, side, turns, end } = await talkThatLoses(phone, signal);
      expect(end).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 0);
      expect(view).toMatchObject({ status: 'completed', outcome: { result: 'confirmed', channel: 'bridge' } });
      expect(view.attempts).toHaveLength(1);
      expect(sandbox.log(phone).calls).toHaveLength(1);
      expect(started(callId, other)).toBe(1);
      const greetings = turns.filter(({ role, message }) => role === 'agent' && /asistente/i.test(message));
      expect(greetings).toHaveLength(1);
      // One recording of the whole call, though two processes wrote it.
      const { type, sound } = await new Client(url).recording(id);
      expect(type).toBe('audio/wav');
      expect(sound.readUInt32LE(54)).toBe(sound.length - 58);
      expect(readdirSync(join(folder, 'data', 'artifacts', 'recordings', callId))).toHaveLength(1);
      processes[side] = await startBridge(side);
    }),
  120_000,
);

it(
  'each part ends with 0 when it is asked to',
  () =>
    showing(async () => {
      for (const part of Object.values(processes)) part.signal('SIGTERM');
      expect(await Promise.all(Object.values(processes).map((part) => part.ended))).toEqual([0, 0, 0, 0]);
    }),
  60_000,
);
