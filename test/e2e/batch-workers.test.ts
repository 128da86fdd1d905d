import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { BatchRowView, BatchView } from '../../domain/batch/view.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type Databases, sqliteFiles } from '../records/databases.ts';
import { startPostgres } from '../records/postgres.ts';
import { plainNumber } from '../support/plain-numbers.ts';
import { devServer } from '../support/temporal.ts';
import { until } from '../support/until.ts';
import { claimOf } from './support/claim.ts';
import { bookingBody, Client, ONLY_NATIVE } from './support/client.ts';
import { end, type RunningProcess, ready, startProcess, tail } from './support/process.ts';
import { LIVE, ownPort } from './support/system.ts';

const temporal = devServer();
const processes: RunningProcess[] = [];
const claim = claimOf(() => processes.map((each) => tail(each.log())).join('\n'));

/** One API and two workers, each a process of its own, on PostgreSQL where there is one. */
let folder = '';
let databases: Databases;
let sandbox: Sandbox;
let client: Client;
let metrics: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vocero-e2e-'));
  const port = await ownPort();
  const url = `http://127.0.0.1:${port}`;
  client = new Client(url);
  const postgres = await startPostgres();
  databases = 'unavailable' in postgres ? sqliteFiles() : postgres;
  sandbox = await startSandbox({ publicUrl: url, pace: 6 });
  const env = {
    ...LIVE,
    ...sandbox.env,
    PORT: String(port),
    PUBLIC_URL: url,
    TEMPORAL_ADDRESS: temporal.env.address,
    DATABASE_URL: await databases.newDatabase(),
    DATA_DIR: join(folder, 'data'),
    HASH_KEY: randomBytes(32).toString('base64'),
  };
  const run = (program: string, more: Record<string, string> = {}): RunningProcess => {
    const running = startProcess([program], folder, { ...env, ...more });
    processes.push(running);
    return running;
  };
  // It makes the database's tables.
  await ready(run('processes/api.ts'), `${url}/healthz`);
  const ports = [
    { health: await ownPort(), metrics: await ownPort() },
    { health: await ownPort(), metrics: await ownPort() },
  ];
  metrics = ports.map((one) => `http://127.0.0.1:${one.metrics}/metrics`);
  await Promise.all(
    ports.map((one) =>
      ready(
        run('processes/worker.ts', {
          WORKER_HEALTH_PORT: String(one.health),
          WORKER_METRICS_PORT: String(one.metrics),
        }),
        `http://127.0.0.1:${one.health}/healthz`,
      ),
    ),
  );
}, 180_000);

afterAll(async () => {
  await end(...processes);
  await sandbox?.close();
  await databases?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Workflows that a worker has completed. */
async function completedBy(url: string): Promise<number> {
  const text = await (await fetch(url)).text();
  const counts = [...text.matchAll(/^temporal_workflow_completed\{[^}]*\} (\d+)$/gm)].map((found) => Number(found[1]));
  return counts.reduce((sum, count) => sum + count, 0);
}

claim(
  'two workers share one batch: both carry rows, none is rung twice, and never more at once than it may',
  async () => {
    const numbers = Array.from({ length: 24 }, (_, i) => plainNumber(5_411_432_181, i));
    for (const number of numbers) sandbox.scenario({ number, talk_ms: 500 });
    const { status, body } = await client.send('POST', '/v1/batches', {
      rows: numbers.map((phone) => ({ key: phone, ...bookingBody(phone, ONLY_NATIVE) })),
      max_concurrent: 6,
    });
    expect(status).toBe(202);
    const read = async (): Promise<BatchView> =>
      (await client.send('GET', `/v1/batches/${body.id}`)).body as unknown as BatchView;
    await until(async () => (await read()).status === 'completed', 80_000, 'the batch to be completed', 200);

    expect((await read()).counts).toMatchObject({ total: 24, completed: 24 });
    const rows = (await client.send('GET', `/v1/batches/${body.id}/rows`)).body.data as BatchRowView[];
    const calls = numbers.flatMap(
      (number) => sandbox.log(number).calls as { booking_id: string; placed: string; ended: string }[],
    );
    expect(calls.map(({ booking_id }) => booking_id).sort()).toEqual(rows.map(({ booking_id }) => booking_id).sort());
    const beside = calls.map(({ placed }) => calls.filter((one) => one.placed <= placed && one.ended > placed).length);
    expect(Math.max(...beside)).toBeLessThanOrEqual(6);
    expect(Math.max(...beside)).toBeGreaterThan(1);
    // The SDK's counts come a moment later.
    const done = (): Promise<number[]> => Promise.all(metrics.map(completedBy));
    await until(
      async () => (await done()).every((count) => count > 0),
      20_000,
      'both workers to have carried bookings',
    );
  },
);
