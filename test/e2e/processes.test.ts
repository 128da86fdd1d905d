import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type DevServer, startDevServer } from '../../temporal/dev-server.ts';
import { findTemporalCli } from '../../temporal/find-cli.ts';
import type { Databases } from '../records/databases.ts';
import { startPostgres } from '../records/postgres.ts';
import { Client, ONLY_BRIDGE } from './support/client.ts';
import { type RunningProcess, ready, startProcess, tail } from './support/process.ts';
import { LIVE, ownPort } from './support/system.ts';

/** API, worker and bridge as processes of their own, on PostgreSQL and a Temporal that none of them started. */
let folder: string;
let temporal: DevServer;
let postgres: Databases | { unavailable: string };
let sandbox: Sandbox;
let processes: Record<'api' | 'worker' | 'bridge', RunningProcess>;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vocero-parts-'));
  const [port, bridgePort, healthPort] = [await ownPort(), await ownPort(), await ownPort()];
  url = `http://127.0.0.1:${port}`;
  const quiet = (): void => undefined;
  const executable = await findTemporalCli({ env: process.env, progress: quiet });
  [temporal, postgres, sandbox] = await Promise.all([
    startDevServer({
      executable,
      dataDir: join(folder, 'temporal'),
      port: await ownPort(),
      uiPort: await ownPort(),
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
    BRIDGE_PUBLIC_URL: `http://127.0.0.1:${bridgePort}`,
    TEMPORAL_ADDRESS: temporal.address,
    DATA_DIR: join(folder, 'data'),
    ...('unavailable' in postgres ? {} : { DATABASE_URL: await postgres.newDatabase() }),
    HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
    WORKER_HEALTH_PORT: String(healthPort),
  };
  processes = {
    api: startProcess(['api/main.ts'], folder, { ...env, PORT: String(port) }),
    worker: startProcess(['worker/main.ts'], folder, env),
    bridge: startProcess(['bridge/main.ts'], folder, { ...env, PORT: String(bridgePort) }),
  };
  await Promise.all([
    ready(processes.api, `${url}/readyz`),
    ready(processes.worker, `http://127.0.0.1:${healthPort}/healthz`),
    ready(processes.bridge, `http://127.0.0.1:${bridgePort}/healthz`),
  ]);
}, 180_000);

afterAll(async () => {
  const running = Object.values(processes ?? {});
  for (const one of running) one.signal('SIGTERM');
  await Promise.all(running.map((one) => one.ended));
  await sandbox?.close();
  await temporal?.stop();
  if (postgres && !('unavailable' in postgres)) await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

it('books over the bridge’s own process, and each part ends with 0 when it is asked to', async () => {
  const client = new Client(url);
  try {
    const { id } = await client.book('+541143210301', ONLY_BRIDGE);
    const view = await client.final(id, 60_000);
    expect(view).toMatchObject({ status: 'completed', outcome: { result: 'confirmed', channel: 'bridge' } });
    expect(sandbox.log('+541143210301').calls).toHaveLength(1);
    expect(processes.bridge.log()).toContain('stream started');
    expect(processes.api.log()).not.toContain('stream started');
    for (const part of Object.values(processes)) part.signal('SIGTERM');
    expect(await Promise.all(Object.values(processes).map((part) => part.ended))).toEqual([0, 0, 0]);
  } catch (error) {
    for (const [name, part] of Object.entries(processes)) console.error(`${name}:\n${tail(part.log())}`);
    throw error;
  }
}, 90_000);
