import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { devServer } from '../support/temporal.ts';
import { claimOf } from './support/claim.ts';
import { Client, ONLY_BRIDGE, ONLY_NATIVE } from './support/client.ts';
import { end, type RunningProcess, ready, startProcess, tail } from './support/process.ts';
import { LIVE, ownPort } from './support/system.ts';

const temporal = devServer();
const processes: RunningProcess[] = [];
const claim = claimOf(() => processes.map((each) => tail(each.log())).join('\n'));

/** An API and a worker of one installation, each a process of its own; they share Temporal, the database and its keys. */
interface Instance {
  env: Record<string, string>;
  url: string;
  client: Client;
}

let folder = '';
let sandbox: Sandbox;
let one: Instance;
let two: Instance;

function run(program: string, instance: Instance): RunningProcess {
  const running = startProcess([program], folder, instance.env);
  processes.push(running);
  return running;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vocero-e2e-'));
  const ports = [await ownPort(), await ownPort()];
  sandbox = await startSandbox({ publicUrl: `http://127.0.0.1:${ports[0]}`, pace: 6 });
  const shared = {
    ...LIVE,
    ...sandbox.env,
    TEMPORAL_ADDRESS: temporal.env.address,
    DATABASE_URL: `file:${join(folder, 'vocero.db')}`,
    HASH_KEY: randomBytes(32).toString('base64'),
    CALLBACK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
  };
  const instances = ports.map((port): Instance => {
    const url = `http://127.0.0.1:${port}`;
    const env = { ...shared, PORT: String(port), PUBLIC_URL: url, DATA_DIR: join(folder, `data-${port}`) };
    return { url, env, client: new Client(url) };
  });
  [one, two] = instances as [Instance, Instance];
  // One after the other: the first makes the database's tables.
  for (const instance of [one, two]) await ready(run('processes/api.ts', instance), `${instance.url}/healthz`);
}, 120_000);

afterAll(async () => {
  await end(...processes);
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

claim('while no worker polls, bookings are accepted, and reads say that they are stale', async () => {
  const number = '+541143210401';
  const { id } = await one.client.book(number, ONLY_NATIVE);
  expect(await two.client.booking(id)).toMatchObject({ id, status: 'queued', outcome: null, stale: true });
  const { body } = await one.client.send('GET', '/v1/bookings?status=queued');
  expect(body.data).toEqual([expect.objectContaining({ id, stale: true })]);
  expect((await one.client.send('GET', '/readyz')).status).toBe(503);
  expect(sandbox.log(number).calls).toEqual([]);

  const workers = [one, two].map((instance) => run('processes/worker.ts', instance));
  for (const { env } of [one, two]) await ready(workers[0]!, `http://127.0.0.1:${env.PORT}/readyz`);
  const fresh = await two.client.until(id, (view) => !view.stale);
  expect(fresh).not.toHaveProperty('stale');
  expect((await one.client.final(id)).outcome?.result).toBe('confirmed');
});

claim('two instances never have two calls to one number at once', async () => {
  const number = '+541143210402';
  sandbox.scenario({ number, talk_ms: 2500 });
  const bookings = await Promise.all([one.client.book(number, ONLY_BRIDGE), two.client.book(number, ONLY_NATIVE)]);
  for (const { id } of bookings) expect((await two.client.final(id)).outcome?.result).toBe('confirmed');
  const { calls, overlaps } = sandbox.log(number);
  expect(calls.map(({ via }) => via).sort()).toEqual(['native', 'twilio']);
  expect(overlaps).toEqual([]);
});

claim('each process ends by itself when it is asked to', async () => {
  for (const each of processes) each.signal('SIGTERM');
  expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
});
