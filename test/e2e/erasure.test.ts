import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { type WebServer, webServer } from '../providers/web-server.ts';
import { until } from '../support/until.ts';
import { ONLY_BRIDGE, ONLY_NATIVE } from './support/client.ts';
import { runSystem } from './support/system.ts';

const system = runSystem();
let receiver: WebServer;
let connection: Connection;

beforeAll(async () => {
  receiver = await webServer(({ json }) => json(200, {}));
  connection = await Connection.connect({ address: system.temporalAddress });
});
afterAll(async () => {
  await connection?.close();
  await receiver.close();
});

/** A name of its own for each booking, so that what is left of one is not taken for another's. */
const nameOf = (booking: string): string => `Mauricia Zzyzx ${booking}`;
const wish = (booking: string, more: object) => ({
  ...more,
  callback_url: `${receiver.url}/hook`,
  request: { service_type: 'dentista', user_name: nameOf(booking) },
});

/** Every file of the data folder that still holds the text; Temporal's own database is not ours to scrub. */
function filesWith(text: string): string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (entry.name !== 'temporal') visit(path);
      } else if (readFileSync(path).includes(text)) found.push(path);
    }
  };
  visit(system.dataDir);
  return found;
}

const erase = (id: string) => system.client.send('DELETE', `/v1/bookings/${id}`);
const erased = (id: string) => until(async () => (await erase(id)).body.erased_at, 60_000, `the erasure of ${id}`);

/** Over both channels, simulated, and for a provider that fails: all talk at the same time, each test erases its own. */
const BOOKINGS = {
  native: ['+541143210901', ONLY_NATIVE],
  bridge: ['+541143210902', ONLY_BRIDGE],
  refused: ['+541143210903', ONLY_NATIVE],
  simulated: ['+541143210904', { ...ONLY_NATIVE, native: { enabled: false } }],
} as const;
const ids = {} as Record<keyof typeof BOOKINGS, string>;

beforeAll(async () => {
  for (const name of Object.keys(BOOKINGS) as (keyof typeof BOOKINGS)[]) {
    const [number, channels] = BOOKINGS[name];
    const { id } = await system.client.book(number, wish(name, channels));
    ids[name] = id;
    const early = await erase(id);
    expect([early.status, early.body.detail]).toEqual([409, expect.stringContaining('Cancel it first')]);
  }
  await Promise.all(Object.values(ids).map((id) => system.client.final(id, 90_000)));
  await Promise.all(Object.values(ids).map((id) => system.client.recording(id)));
}, 150_000);

describe('erasing a booking', () => {
  it.each(['native', 'bridge'] as const)(
    'over %s leaves nothing of it here, in Temporal, or at the providers',
    async (channel) => {
      const id = ids[channel];
      const [number] = BOOKINGS[channel];
      await until(() => receiver.seen.some(({ body }) => body.includes(id)), 30_000, 'the message');
      expect(filesWith(nameOf(channel))).not.toEqual([]);

      expect((await erase(id)).status).toBe(202);
      for (const path of ['', '/transcript', '/recording', '/events', '/messages']) {
        expect((await system.client.send('GET', `/v1/bookings/${id}${path}`)).status).toBe(410);
      }
      await erased(id);

      const { calls, conversations } = system.sandbox.log(number);
      expect(calls).toMatchObject([{ deleted: true }]);
      expect(conversations).toMatchObject([{ deleted: true }]);
      const temporal = new Client({ connection });
      for (const run of [id, `msg_${id}_final`]) {
        await expect(temporal.workflow.getHandle(run).describe()).rejects.toBeInstanceOf(WorkflowNotFoundError);
      }
      for (const folder of ['recordings', 'webhooks']) {
        expect(existsSync(join(system.dataDir, 'artifacts', folder, `${id}.1`))).toBe(false);
      }
      expect(filesWith(nameOf(channel))).toEqual([]);
    },
    120_000,
  );

  it('that was simulated deletes both sides of the talk', async () => {
    const id = ids.simulated;
    const { outcome, attempts } = await system.client.booking(id);
    expect(outcome).toMatchObject({ channel: 'simulation', simulated: true });
    // Of the other bookings none speaks with the receptionist.
    const { receptionistAgentId } = system.sandbox.account;
    const sides = ({ call_id, agent_id }: Record<string, unknown>): boolean =>
      call_id === attempts[0]!.call_id || agent_id === receptionistAgentId;
    const talk = () => system.sandbox.log().conversations.filter(sides);
    expect(talk().map(({ deleted }) => deleted)).toEqual([false, false]);
    await erase(id);
    await erased(id);
    expect(talk().map(({ deleted }) => deleted)).toEqual([true, true]);
  }, 150_000);

  it('goes on until a provider that fails has done its part', async () => {
    const [number] = BOOKINGS.refused;
    const id = ids.refused;
    system.sandbox.scenario({ number, erase: '500' });
    await erase(id);
    const left = await until(
      async () => {
        const { requests } = system.sandbox.log(number);
        return requests.some(({ method, code }) => method === 'DELETE' && code === 500);
      },
      60_000,
      'a refused erasure',
    );
    expect(left).toBe(true);
    expect((await erase(id)).body).toMatchObject({ erased_at: null, left_at_providers: 2 });
    system.sandbox.scenario({ number });
    await erased(id);
    expect((await erase(id)).body).toMatchObject({ left_at_providers: 0 });
  }, 120_000);
});
