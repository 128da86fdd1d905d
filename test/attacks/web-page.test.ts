import { beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { ONLY_NATIVE } from '../e2e/support/client.ts';
import { runSystem } from '../e2e/support/system.ts';
import { type Listener, listenersCanBeSeen, listenersOf } from '../support/listeners.ts';
import { OLGA } from './support.ts';
import { type Answered, browsersRefuse, send, ways } from './web-page.ts';

const VICTIM = '+541143219901';

const payload = (value: unknown): object => ({
  metadata: { encoding: Buffer.from('json/plain').toString('base64') },
  data: Buffer.from(JSON.stringify(value)).toString('base64'),
});
/** A booking that the page wishes for: its own number, its own words. */
const forgedStart = JSON.stringify({
  workflowType: { name: 'bookAppointment' },
  taskQueue: { name: 'bookings' },
  input: { payloads: [payload({ booking_id: 'bk_forged', business: { phone: VICTIM } })] },
});
const forgedReport = JSON.stringify({ input: { payloads: [payload({ kind: 'report', result: 'confirmed' })] } });

const RUNS = '/api/v1/namespaces/default/workflows';
const requestsOf = (id: string): { method: 'GET' | 'POST'; path: string; body?: string }[] => [
  ...['/', '/metrics', '/healthz', '/api/v1/settings', '/api/v1/namespaces', RUNS, `${RUNS}/${id}/history`].map(
    (path) => ({
      method: 'GET' as const,
      path,
    }),
  ),
  ...['/openapi.yaml', '/_sandbox/log', '/v1/convai/conversations'].map((path) => ({ method: 'GET' as const, path })),
  { method: 'POST', path: `${RUNS}/bk_forged`, body: forgedStart },
  { method: 'POST', path: `${RUNS}/${id}/signal/reportResult`, body: forgedReport },
  { method: 'POST', path: `${RUNS}/${id}/reset`, body: '{"workflowTaskFinishEventId":"3","resetReapplyType":1}' },
  { method: 'POST', path: '/namespaces/default/workflows/bk_forged', body: forgedStart },
  { method: 'POST', path: '/_sandbox/scenario', body: `{"number":"${VICTIM}","callee":"busy"}` },
];
const everywhere = listenersCanBeSeen ? describe : describe.skip;

everywhere('a web page, against every listener of the product', () => {
  for (const keys of [true, false]) {
    describe(keys ? 'with keys' : 'without keys', () => {
      const system = runSystem({ env: keys ? { API_KEYS: 'client-key-0123456789', OPERATOR_KEYS: OLGA } : {} });
      const bearer: Record<string, string> = keys ? { authorization: `Bearer ${OLGA}` } : {};
      let id = '';
      let others: Listener[];
      beforeAll(async () => {
        system.sandbox.scenario({ number: '+541143219900', callee: 'busy,answer-and-book' });
        const placed = await fetch(`${system.url}/v1/bookings`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(keys ? { authorization: 'Bearer client-key-0123456789' } : {}),
          },
          body: JSON.stringify({
            business: { name: 'Clínica', phone: '+541143219900' },
            request: { service_type: 'dentista', user_name: 'Filomena' },
            escalation: { ...ONLY_NATIVE, native: { redial_delay_seconds: 3_600 } },
          }),
        });
        id = ((await placed.json()) as { id: string }).id;
        const api = Number(new URL(system.url).port);
        others = listenersOf(system.product.pid).filter(({ port }) => port !== api);
      });

      it('there are the engine’s, and the page of its own that is shown to operators', () => {
        const ports = others.map(({ port }) => port);
        expect(ports).toEqual(
          expect.arrayContaining([Number(system.env.TEMPORAL_PORT), Number(system.env.TEMPORAL_UI_PORT)]),
        );
        expect(others.filter(({ host }) => !host.startsWith('127.'))).toEqual([]);
      });

      it('no request is granted, wherever it goes', async () => {
        for (const listener of others) {
          const unreachable = await browsersRefuse(listener);
          for (const way of ways(listener.port)) {
            for (const asked of requestsOf(id)) {
              const headers = { ...way, ...(asked.body === undefined ? {} : { 'content-type': 'text/plain' }) };
              const answer = await send(listener, { ...asked, headers });
              // Temporal's counters and the description of its API: nothing of ours, and no browser gets there.
              const harmless = unreachable && ['/metrics', '/openapi.yaml'].includes(asked.path);
              const shown = [listener.port, way, asked.method, asked.path, answer?.status] as const;
              if (!harmless) expect([shown, (answer?.status ?? 400) >= 400]).toEqual([shown, true]);
              expect(answer?.text ?? '').not.toMatch(/Filomena|541143219900|bk_/);
            }
          }
        }
      }, 240_000);

      it('nobody was rung for it, and nothing was believed', async () => {
        expect(system.sandbox.log(VICTIM).calls).toEqual([]);
        const connection = await Connection.connect({ address: system.temporalAddress });
        try {
          const service = connection.workflowService;
          const of = (workflowId: string) => ({ namespace: 'default', execution: { workflowId } });
          await expect(service.describeWorkflowExecution(of('bk_forged'))).rejects.toThrow(/not found/i);
          const { history } = await service.getWorkflowExecutionHistory(of(id));
          const signals = history!.events!.map((event) => event.workflowExecutionSignaledEventAttributes?.signalName);
          expect(signals).not.toContain('reportResult');
        } finally {
          await connection.close();
        }
      });

      it('and an operator sees the page all the same', async () => {
        const ui = { host: '127.0.0.1', port: Number(system.env.TEMPORAL_UI_PORT) };
        const get = (path: string, headers: Record<string, string>): Promise<Answered> =>
          send(ui, { method: 'GET', path, headers: { host: `127.0.0.1:${ui.port}`, ...headers } });
        expect(await get('/', bearer)).toMatchObject({ status: 200, text: expect.stringContaining('_app/immutable') });
        expect((await get(`${RUNS}/${id}/history`, bearer))?.text).toContain('"events"');
        if (keys) expect(await get(RUNS, {})).toMatchObject({ status: 401 });
      });
    });
  }
});
