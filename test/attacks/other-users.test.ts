import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bookingBody, ONLY_BRIDGE } from '../e2e/support/client.ts';
import { familyOf, type RunningProcess, ready, startProcess } from '../e2e/support/process.ts';
import { ownPort, runSystem } from '../e2e/support/system.ts';
import { until } from '../support/until.ts';

const KEYS = { API_KEYS: 'client-key-0123456789', OPERATOR_KEYS: 'operator-key-0123456789' };
const asClient = { authorization: `Bearer ${KEYS.API_KEYS}` };

/** Longer than a start takes on a busy machine. */
const LONG_TALK = { ...ONLY_BRIDGE, bridge: { max_call_seconds: 900 } };

/** Whoever else has an account on this machine, and copies of folders. */
describe('on a machine that others use too', () => {
  const system = runSystem({ env: KEYS });
  const number = '+541143219910';
  let id = '';
  let second: RunningProcess | undefined;

  beforeAll(async () => {
    // As an earlier version left it: everybody may read.
    system.product.signal('SIGTERM');
    await system.product.ended;
    const old = join(system.dataDir, 'artifacts', 'bk_old');
    mkdirSync(old, { recursive: true });
    writeFileSync(join(old, 'recording.wav'), 'a voice');
    for (const path of everythingIn(system.dataDir)) chmodSync(path, lstatSync(path).isDirectory() ? 0o755 : 0o644);
    await system.start();
    system.sandbox.scenario({ number, callee: 'answer-and-book', hold: 'talk' });
    const placed = await system.client.send('POST', '/v1/bookings', bookingBody(number, LONG_TALK), asClient);
    id = placed.body.id as string;
    await until(() => system.sandbox.heldAt(number) === 'talk', 30_000, 'a talk');
  }, 120_000);
  afterAll(async () => {
    if (second?.running()) second.signal('SIGKILL');
    await second?.ended;
  });

  it('nobody but its user can read anything of the data folder, while it runs', () => {
    const open = everythingIn(system.dataDir)
      .map((path) => [path, (lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077] as const)
      .filter(([, others]) => others !== 0);
    expect(open).toEqual([]);
    const names = everythingIn(system.dataDir).join('\n');
    for (const name of ['temporal.db', 'temporal.db-wal', 'vocero.db', 'server.log', 'recording.wav'])
      expect(names).toContain(name);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('no program that it starts knows a secret', () => {
    const children = familyOf(system.product.pid).slice(1);
    expect(children.length).toBeGreaterThanOrEqual(2);
    const secrets = [...Object.values(KEYS), system.sandbox.account.apiKey, system.env.TWILIO_AUTH_TOKEN!];
    for (const pid of children) {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      for (const secret of secrets) expect(environment.includes(secret)).toBe(false);
    }
  });

  it('a start on a copy of its folder ends nothing of it, and hangs nothing up', async () => {
    const copy = join(system.folder, 'copy');
    cpSync(system.dataDir, copy, { recursive: true });
    const port = await ownPort();
    second = startProcess(['processes/vocero.mjs', 'start'], system.folder, {
      ...system.env,
      DATA_DIR: copy,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    });
    await ready(second, `http://127.0.0.1:${port}/readyz`);
    expect(second.log()).toContain('seems to be a copy');
    expect(system.product.running()).toBe(true);
    expect((await fetch(`${system.url}/readyz`)).status).toBe(200);
    expect(system.sandbox.log(number).calls).toMatchObject([{ status: 'in-progress', ended: null, ended_by: null }]);
    second.signal('SIGKILL');
    await second.ended;
    system.sandbox.release(number);
    const view = await until(async () => {
      const answer = await fetch(`${system.url}/v1/bookings/${id}`, { headers: asClient });
      const now = (await answer.json()) as { outcome: { result: string } | null };
      return now.outcome && now;
    }, 60_000);
    expect(view.outcome).toMatchObject({ result: 'confirmed' });
  }, 180_000);
});

const everythingIn = (folder: string): string[] => [
  folder,
  ...readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))),
];
