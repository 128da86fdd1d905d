import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { type WebServer, webServer } from '../../providers/web-server.ts';
import { until } from '../../support/until.ts';
import { claimsAtOnce } from '../support/claim.ts';
import { ONLY_BRIDGE, ONLY_NATIVE } from '../support/client.ts';
import { system } from '../support/shared-system.ts';

const claim = claimsAtOnce(system.tail);
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

for (const [channel, number, wish, name] of [
  ['native', '+541143210901', ONLY_NATIVE, 'Mauricia Zzyzx'],
  ['bridge', '+541143210902', ONLY_BRIDGE, 'Lucrecia Qwyjy'],
] as const) {
  claim(
    `an erasure of a booking over ${channel} leaves nothing of it here, in Temporal, or at the providers`,
    async () => {
      const { id } = await system.client.book(number, {
        ...wish,
        callback_url: `${receiver.url}/hook`,
        request: { service_type: 'dentista', user_name: name },
      });
      const early = await erase(id);
      expect([early.status, early.body.detail]).toEqual([409, expect.stringContaining('Cancel it first')]);
      await system.client.final(id);
      await system.client.recording(id);
      await until(() => receiver.seen.some(({ body }) => body.includes(id)), 30_000, 'the message');
      expect(filesWith(name)).not.toEqual([]);

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
      expect(filesWith(name)).toEqual([]);
    },
  );
}

claim('an erasure of a booking that was simulated deletes both sides of the talk', async () => {
  const { id } = await system.client.book('+541143210904', { ...ONLY_NATIVE, native: { enabled: false } });
  const { outcome } = await system.client.final(id, 60_000);
  expect(outcome).toMatchObject({ channel: 'simulation', simulated: true });
  await system.client.recording(id);
  await erase(id);
  await erased(id);
  // The receptionist's side of a simulated talk is told no call; the claims beside this one erase no talk without a phone number.
  const gone = system.sandbox.log().conversations.filter(({ number, deleted }) => number === '' && deleted);
  expect(gone.map(({ call_id }) => call_id).sort()).toEqual(['', `${id}.1`]);
});

claim('an erasure goes on until a provider that fails has done its part', async () => {
  const number = '+541143210903';
  const { id } = await system.client.book(number, ONLY_NATIVE);
  await system.client.final(id);
  system.sandbox.scenario({ number, erase: '500' });
  await erase(id);
  const refused = (): boolean =>
    system.sandbox.log(number).requests.some(({ method, code }) => method === 'DELETE' && code === 500);
  await until(refused, 60_000, 'a refused erasure');
  expect((await erase(id)).body).toMatchObject({ erased_at: null, left_at_providers: 2 });
  system.sandbox.scenario({ number });
  await erased(id);
  expect((await erase(id)).body).toMatchObject({ left_at_providers: 0 });
});
