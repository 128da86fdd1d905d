import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BODY_BYTES } from '../../api/batch-body.ts';
import { MAX_BYTES } from '../../domain/batch/problems.ts';
import { until } from '../support/until.ts';
import { bookingBody, Client, ONLY_BRIDGE } from './support/client.ts';
import { readEvents } from './support/event-stream.ts';
import { ownPort } from './support/own-port.ts';
import { PROXIES, type ProxyExample, type RunningProxy, startProxy } from './support/proxies.ts';
import { runSystem } from './support/system.ts';

const LIMIT = 120_000;
const there = PROXIES.filter(({ missing }) => missing === undefined);
const OPERATOR = { authorization: 'Bearer operator-behind-a-proxy' };

const tried = await Promise.all(
  there.map(async (proxy): Promise<[string, ProxyExample, number]> => [proxy.name, proxy, await ownPort()]),
);

describe('behind the proxies of deploy/', () => {
  for (const { name, missing } of PROXIES)
    if (missing !== undefined) it.skip(`${name}: not tried here, needs ${missing}`, () => undefined);

  describe.each(tried)('%s', (_, proxy, front) => {
    const at = (): string => `http://127.0.0.1:${front}`;
    let running: RunningProxy | undefined;
    let folder = '';
    const system = runSystem({
      publicUrl: at,
      env: {
        TRUSTED_PROXIES: '127.0.0.1',
        OPERATOR_KEYS: 'operator-behind-a-proxy',
        API_KEYS: 'client-behind-a-proxy',
      },
    });
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'vocero-proxy-'));
      running = startProxy(proxy, folder, { from: front, to: Number(new URL(system.url).port) });
      const answers = () =>
        fetch(`${at()}/readyz`).then(
          ({ status }) => status === 200,
          () => false,
        );
      await until(answers, 30_000, 'the proxy to answer').catch((error: Error) => {
        throw new Error(`${error.message}\n${running!.log()}`);
      });
    }, LIMIT);
    afterAll(async () => {
      await running?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const client = () => new Client(at());
    const sent = (method: string, path: string, body?: unknown, headers: Record<string, string> = OPERATOR) =>
      client().send(method, path, body, headers);

    it(
      'a bridged call talks through it, with signed webhooks, and its events come one by one',
      async () => {
        const { body } = await sent('POST', '/v1/bookings', bookingBody('+541143211250', ONLY_BRIDGE));
        const id = body.id as string;
        let beforeTheEnd = 0;
        const events = await readEvents(`${at()}/v1/bookings/${id}/events`, {
          headers: OPERATOR,
          until: ({ event }) => event === 'final',
          seen: async () => {
            // Asked past the proxy: an event that was held back would come when nothing is open any more.
            const view = await new Client(system.url).send('GET', `/v1/bookings/${id}`, undefined, OPERATOR);
            if (view.body.outcome === null) beforeTheEnd += 1;
          },
        });
        expect(beforeTheEnd).toBeGreaterThan(2);
        const evidence = events.flatMap(({ event, data }) =>
          event === 'evidence' ? [data.evidence as { kind: string; source?: string; event?: string }] : [],
        );
        // The carrier's callbacks are believed by their signature alone, over the public name and the path.
        expect(evidence).toContainEqual(expect.objectContaining({ kind: 'call_status', source: 'callback' }));
        expect(evidence).toContainEqual(expect.objectContaining({ kind: 'bridge', event: 'stream_started' }));
        expect(events.at(-1)!.data).toMatchObject({ outcome: { channel: 'bridge', result: 'confirmed' } });
      },
      LIMIT,
    );

    it(
      'bodies as large as the API takes pass',
      async () => {
        const filled = (bytes: number) => {
          const rest = '{"rows":[],"unknown":""}';
          return rest.replace('""', `"${'a'.repeat(bytes - rest.length)}"`);
        };
        const passed = await sent('POST', '/v1/batches', filled(MAX_BYTES));
        expect(passed.status).toBe(422);
        // A form may be so large. In JSON it is too large for the API, whose answer it is: the proxies' own are HTML or empty.
        expect((await sent('POST', '/v1/batches', filled(BODY_BYTES))).body).toMatchObject({ status: 413 });
      },
      LIMIT,
    );

    it(
      'wrong keys are counted for the caller’s own address',
      async () => {
        const from = (address: string, key: string) =>
          sent('GET', '/v1/bookings', undefined, { authorization: `Bearer ${key}`, 'x-forwarded-for': address });
        for (let i = 0; i < 40; i++) await from('203.0.113.7', `wrong-${i}`);
        expect((await from('203.0.113.7', 'wrong')).status).toBe(429);
        expect((await from('203.0.113.8', 'wrong')).status).toBe(401);
      },
      LIMIT,
    );
  });
});
