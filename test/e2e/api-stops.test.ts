import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type DevServer, startDevServer } from '../../temporal/dev-server.ts';
import { findTemporalCli } from '../../temporal/find-cli.ts';
import type { Databases } from '../records/databases.ts';
import { startPostgres } from '../records/postgres.ts';
import { until } from '../support/until.ts';
import { Client, ONCE_BRIDGED } from './support/client.ts';
import { end, type RunningProcess, ready, startProcess, tail } from './support/process.ts';
import { LIVE, ownPort } from './support/system.ts';

/** An API process that hosts calls, as docker-compose.yml has it: asked to end in mid-talk. */
let folder: string;
let temporal: DevServer;
let postgres: Databases | { unavailable: string };
let sandbox: Sandbox;
let env: Record<string, string>;
let url: string;
let api: RunningProcess;
const others: RunningProcess[] = [];

const startApi = async (): Promise<RunningProcess> => {
  const started = startProcess(['processes/api.ts'], folder, env);
  await ready(started, `${url}/readyz`);
  return started;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vocero-stops-'));
  const [port, healthPort] = [await ownPort(), await ownPort()];
  url = `http://127.0.0.1:${port}`;
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
  env = {
    ...LIVE,
    ...sandbox.env,
    PORT: String(port),
    PUBLIC_URL: url,
    BRIDGE_DRAIN_SECONDS: '1',
    TEMPORAL_ADDRESS: temporal.address,
    DATA_DIR: join(folder, 'data'),
    ...('unavailable' in postgres ? {} : { DATABASE_URL: await postgres.newDatabase() }),
    HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
    WORKER_HEALTH_PORT: String(healthPort),
  };
  const worker = startProcess(['processes/worker.ts'], folder, env);
  others.push(worker);
  [api] = await Promise.all([startApi(), ready(worker, `http://127.0.0.1:${healthPort}/healthz`)]);
}, 180_000);

afterAll(async () => {
  await end(api, ...others);
  await sandbox?.close();
  await temporal?.stop();
  if (postgres && !('unavailable' in postgres)) await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const showing = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    console.error([api, ...others].map((part) => tail(part.log())).join('\n\n'));
    throw error;
  }
};

/** Books, waits until the two talk over the API's own bridge, and asks the API to end. */
async function talkAtTheEnd(phone: string, beside: () => Promise<unknown> = async () => undefined): Promise<string> {
  if (!api.running()) api = await startApi();
  const client = new Client(url);
  const { id } = await client.book(phone, ONCE_BRIDGED);
  const spoken = async () => (await client.transcript(id)).some(({ role }) => role === 'business');
  await until(spoken, 30_000, 'a first word');
  expect(api.log()).toContain('stream started');
  await beside();
  api.signal('SIGTERM');
  return id;
}

it(
  'ends with 0 while a talk would go on, and the callee hears a word of apology and not silence',
  () =>
    showing(async () => {
      const phone = '+541143210401';
      sandbox.scenario({ number: phone, talk_ms: 600_000 });
      const id = await talkAtTheEnd(phone);
      expect(await api.ended).toBe(0);
      // The apology is spoken to its end.
      await until(() => sandbox.log(phone).calls[0]?.status === 'completed', 30_000, 'the call to end');
      // The page that Twilio asked for when the stream was gone was answered, by the API that was about to end.
      expect(api.log()).toMatch(/"resume":1,"does":"apologise"/);
      api = await startApi();
      expect((await new Client(url).final(id)).status).toBe('needs_review');
      expect(sandbox.log(phone).calls).toHaveLength(1);
    }),
  120_000,
);

it(
  'hands its talk over to a bridge process that is there: same leg, one result',
  () =>
    showing(async () => {
      const phone = '+541143210402';
      sandbox.scenario({ number: phone, talk_ms: 30_000 });
      const id = await talkAtTheEnd(phone, async () => {
        const port = await ownPort();
        const at = `http://127.0.0.1:${port}`;
        const bridge = startProcess(['processes/bridge.ts'], folder, {
          ...env,
          PORT: String(port),
          BRIDGE_PUBLIC_URL: at,
        });
        others.push(bridge);
        await ready(bridge, `${at}/healthz`);
      });
      expect(await api.ended).toBe(0);
      await until(() => others.at(-1)!.log().includes('stream started'), 30_000, 'the stream at the bridge');
      api = await startApi();
      const view = await new Client(url).final(id, 60_000);
      expect(view).toMatchObject({ status: 'completed', outcome: { result: 'confirmed', channel: 'bridge' } });
      expect(view.attempts).toHaveLength(1);
      expect(sandbox.log(phone).calls).toHaveLength(1);
    }),
  120_000,
);
