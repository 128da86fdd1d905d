import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { startServer } from '../../api/server.ts';
import { REPORT_RESULTS } from '../../domain/result.ts';
import { as, bookingBody, type World, world } from './support.ts';

let w: World;
beforeEach(async () => {
  w = await world();
});
afterEach(() => w.close());

/** Every endpoint: one that is not registered, or that nobody put down here, shows. */
const OPERATIONS = [
  'DELETE /v1/batches/{id}',
  'DELETE /v1/bookings/{id}',
  'DELETE /v1/calendar-feeds/{id}',
  'DELETE /v1/do-not-call/{number}',
  'GET /calendar/{token}.ics',
  'GET /docs',
  'GET /docs.md',
  'GET /healthz',
  'GET /llms.txt',
  'GET /metrics',
  'GET /openapi.json',
  'GET /readyz',
  'GET /v1/acts',
  'GET /v1/batches',
  'GET /v1/batches/{id}',
  'GET /v1/batches/{id}/events',
  'GET /v1/batches/{id}/report.csv',
  'GET /v1/batches/{id}/rows',
  'GET /v1/bookings',
  'GET /v1/bookings/{id}',
  'GET /v1/bookings/{id}/calendar.ics',
  'GET /v1/bookings/{id}/events',
  'GET /v1/bookings/{id}/messages',
  'GET /v1/bookings/{id}/recording',
  'GET /v1/bookings/{id}/reviews',
  'GET /v1/bookings/{id}/transcript',
  'GET /v1/calendar-feeds',
  'GET /v1/do-not-call',
  'GET /v1/figures',
  'GET /v1/key',
  'GET /v1/numbers',
  'GET /v1/reviews-due',
  'GET /v1/shortlists',
  'GET /v1/shortlists/{id}',
  'GET /v1/shortlists/{id}/events',
  'GET /v1/shortlists/{id}/messages',
  'GET /ws/media-stream/{call_id}',
  'PATCH /v1/batches/{id}',
  'POST /api/elevenlabs/inbound',
  'POST /api/elevenlabs/post-call',
  'POST /api/elevenlabs/tools/report_result',
  'POST /v1/batches',
  'POST /v1/batches/check',
  'POST /v1/batches/{id}/cancel',
  'POST /v1/batches/{id}/pause',
  'POST /v1/batches/{id}/resume',
  'POST /v1/batches/{id}/rows',
  'POST /v1/batches/{id}/rows/check',
  'POST /v1/batches/{id}/rows/{key}/cancel',
  'POST /v1/batches/{id}/start',
  'POST /v1/bookings',
  'POST /v1/bookings/check',
  'POST /v1/bookings/{id}/cancel',
  'POST /v1/bookings/{id}/messages/{message}/send',
  'POST /v1/bookings/{id}/review',
  'POST /v1/calendar-feeds',
  'POST /v1/do-not-call',
  'POST /v1/shortlists',
  'POST /v1/shortlists/{id}/cancel',
  'POST /webhook/voice/inbound',
  'POST /webhook/voice/inbound/answer',
  'POST /webhook/voice/outbound',
  'POST /webhook/voice/status',
];

describe('health', () => {
  it('is up whatever happens, and ready only with Temporal, a worker and the database', async () => {
    expect((await w.app.inject('/readyz')).json()).toEqual({
      status: 'ready',
      temporal: true,
      worker: true,
      database: true,
      storage: true,
      dialing: 'on',
    });
    w.gateway.workerless = true;
    const unready = await w.app.inject('/readyz');
    expect(unready.statusCode).toBe(503);
    expect(unready.json().detail).toBe('Not ready: worker (no worker polls the task queue bookings).');
    w.gateway.down = true;
    expect((await w.app.inject('/readyz')).json().detail).toMatch('temporal, worker');
    expect((await w.app.inject('/healthz')).json()).toEqual({ status: 'ok' });
  });

  it('names the task queues that no worker polls', async () => {
    w.gateway.unpolled = ['bookings-twilio'];
    const one = await w.app.inject('/readyz');
    expect(one.statusCode).toBe(503);
    expect(one.json().detail).toBe('Not ready: worker (no worker polls the task queue bookings-twilio).');
    w.gateway.unpolled = ['bookings-twilio', 'bookings-calls'];
    expect((await w.app.inject('/readyz')).json().detail).toBe(
      'Not ready: worker (no worker polls the task queues bookings-twilio, bookings-calls).',
    );
  });

  it('says so when the database is gone', async () => {
    w.records.ping = () => Promise.reject(new Error('gone'));
    const answer = await w.app.inject('/readyz');
    expect([answer.statusCode, answer.json().detail]).toEqual([503, 'Not ready: database.']);
  });

  it('says so when the disk is full', async () => {
    w.deps.artifacts.space = async () => 1_000_000;
    const answer = await w.app.inject('/readyz');
    expect([answer.statusCode, answer.json().detail]).toEqual([
      503,
      'Not ready: storage (the disk of DATA_DIR is full).',
    ]);
  });

  it('says that dialing is held, and is ready all the same', async () => {
    await w.records.holdDialing({ why: 'it is a copy', held_at: '2026-11-30T12:00:00.000Z' });
    const answer = await w.app.inject('/readyz');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      dialing: 'held',
      note: 'No dial leaves: it is a copy. Run vocero resume-dialing.',
    });
  });

  it('counts for Prometheus', async () => {
    await w.book();
    await w.app.inject('/v1/bookings');
    const { body, headers } = await w.app.inject('/metrics');
    expect(headers['content-type']).toMatch('text/plain');
    expect(body).toMatch('vocero_bookings{status="queued"} 1');
    expect(body).toMatch('vocero_booking_requests_total{how="created"} 1');
    expect(body).toMatch(/vocero_http_request_seconds_count\{method="GET",route="\/v1\/bookings",status="401"\} 1/);
  });
});

describe('many who ask for metrics at once', () => {
  it('cost one collection', async () => {
    const shared = await world({ settings: { metricsFreshMs: 60_000 } });
    let collected = 0;
    const { countByStatus } = shared.records;
    shared.records.countByStatus = () => {
      collected++;
      return countByStatus();
    };
    const answers = await Promise.all(Array.from({ length: 100 }, () => shared.app.inject('/metrics')));
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(collected).toBe(1);
    await shared.close();
  });
});

describe('every answer', () => {
  it('carries a request id of our own and security headers', async () => {
    const answer = await w.app.inject({ url: '/', headers: { 'x-request-id': 'forged', 'request-id': 'forged' } });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    expect(answer.body).toMatch('curl -X POST https://vocero.example/v1/bookings');
  });

  it.each(['/nothing', '/v1/nothing', '/v1/bookings/%zz', `/v1/bookings/${'x'.repeat(300)}`])(
    'to GET %s is a problem document',
    async (url) => {
      const answer = await w.app.inject({ url, headers: as('alice') });
      expect([400, 404, 414]).toContain(answer.statusCode);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
      expect(answer.json()).toMatchObject({ status: answer.statusCode, type: expect.stringMatching(/^urn:/) });
    },
  );

  it('to our own failure tells no secrets, but its id, under which it is logged', async () => {
    w.records.listBookings = () => Promise.reject(new Error('secret of the database'));
    const answer = await w.app.inject({ url: '/v1/bookings', headers: as('alice') });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch('secret');
    expect(w.logged()).toMatch('secret of the database');
    expect(w.logged()).toMatch(answer.json().request_id);
  });
});

describe('a method that a path does not have', () => {
  it.each([
    ['PUT', '/v1/bookings', 'GET, HEAD, POST'],
    ['DELETE', '/v1/bookings?limit=1', 'GET, HEAD, POST'],
    ['POST', '/v1/bookings/bk_1', 'DELETE, GET, HEAD'],
    // No booking has the id `check`.
    ['PUT', '/v1/bookings/check', 'POST'],
    ['GET', '/v1/batches/ba_1/rows/a%20b/cancel', 'POST'],
    ['HEAD', '/v1/bookings/bk_1/events', 'GET'],
    ['GET', '/webhook/voice/status', 'POST'],
    ['GET', '/api/elevenlabs/tools/report_result', 'POST'],
    ['POST', '/calendar/x.ics', 'GET, HEAD'],
    ['PUT', '/mcp', 'POST'],
    ['POST', '/', 'GET, HEAD'],
    ['PUT', '/console/session', 'DELETE, GET, HEAD, POST'],
    ['PROPFIND', '/healthz', 'GET, HEAD'],
    ['POST', '/%68ealthz', 'GET, HEAD'],
    // The router takes an empty id for one.
    ['PUT', '/v1/bookings/', 'DELETE, GET, HEAD'],
  ])('is refused: %s %s, with those that it has', async (method, url, allow) => {
    const body = { headers: { 'content-type': 'application/xml' }, payload: '<not json' };
    const answer = await w.app.inject({ method: method as 'GET', url, ...(method === 'PUT' && body) });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow]);
    if (method === 'HEAD') return;
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json()).toMatchObject({
      title: 'Method not allowed',
      detail: `Not with ${method}: this path answers ${allow}.`,
    });
  });

  it('is told to OPTIONS, which lets no page of another site in', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await w.app.inject({ method: 'OPTIONS', url: '/v1/bookings', headers });
    expect([answer.statusCode, answer.body, answer.headers.allow]).toEqual([204, '', 'GET, HEAD, POST']);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each(['GET', 'PUT', 'OPTIONS', 'HEAD'] as const)(
    'is not an unknown path, to which %s gets 404',
    async (method) => {
      for (const url of ['/v1/bookings/bk_1/nothing', '/nothing', '/calendar/xXics', '/V1/bookings']) {
        const answer = await w.app.inject({ method, url });
        expect([url, answer.statusCode, answer.headers.allow]).toEqual([url, 404, undefined]);
      }
    },
  );
});

describe('the log', () => {
  it('names the booking, never its number, its people or a key', async () => {
    const id = await w.book('alice', { metadata: { note: 'private' } });
    await w.app.inject({ url: `/v1/bookings/${id}`, headers: as('alice') });
    await w.app.inject({ method: 'DELETE', url: '/v1/do-not-call/+541143211234', headers: as('olga') });
    const log = w.logged();
    expect(log).toMatch(id);
    expect(log).not.toMatch(/43211234|Mauro|Cl[ií]nica|private|alice|olga/);
  });
});

describe('GET /openapi.json', () => {
  interface Operation {
    operationId?: string;
    responses: Record<string, unknown>;
    parameters?: { name: string; in: string }[];
    tags?: string[];
  }

  it('describes every endpoint of the contract in OpenAPI 3.1, and nothing dangles', async () => {
    const document = (await w.app.inject('/openapi.json')).json();
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: 'Vocero', version: expect.any(String) });
    const operations: string[] = [];
    for (const [path, methods] of Object.entries(document.paths as Record<string, Record<string, Operation>>)) {
      for (const [method, operation] of Object.entries(methods)) {
        operations.push(`${method.toUpperCase()} ${path}`);
        expect(operation.operationId).toBeDefined();
        expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        const declared = (operation.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name);
        expect(declared).toEqual(inPath);
      }
    }
    expect(operations.sort()).toEqual(OPERATIONS);
    const { schemas } = document.components;
    const refs = new Set([...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((m) => m[1]));
    // In an order that does not depend on which modules the process loaded first.
    expect(Object.keys(schemas)).toEqual([...refs].toSorted());
  });

  it('is valid OpenAPI 3.1, as a validator of the field sees it', async () => {
    const document = (await w.app.inject('/openapi.json')).json();
    const validator = new Validator();
    expect(await validator.validate(document)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    document.paths['/v1/bookings'].post.responses['200'] = { content: 7 };
    expect((await validator.validate(document)).valid).toBe(false);
  });

  it('lets answers have more members than it names, and bodies not', async () => {
    const { components } = (await w.app.inject('/openapi.json')).json();
    const strict = Object.entries(components.schemas)
      .filter(([, schema]) => JSON.stringify(schema).includes('"additionalProperties":false'))
      .map(([name]) => name);
    expect(strict).toEqual(expect.arrayContaining(['BookingRequest', 'ReviewRequest', 'AcceptableInput']));
    expect(strict).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(Booking|Batch|Shortlist|Problem)$/)]));
    // A body and an answer share a name only where they are the same.
    const doubled = Object.keys(components.schemas).filter((name) => name.endsWith('Input'));
    expect(doubled).toEqual(['AcceptableInput', 'DateRangeInput', 'TimeRangeInput']);
  });

  it('describes the body of a report strictly, though more is read', async () => {
    const { components, paths } = (await w.app.inject('/openapi.json')).json();
    const { requestBody } = paths['/api/elevenlabs/tools/report_result'].post;
    const [, name] = /#\/components\/schemas\/(ReportResult\w*)/.exec(JSON.stringify(requestBody))!;
    expect(components.schemas[name!]).toMatchObject({
      required: ['booking_id', 'call_id', 'result'],
      properties: { result: { enum: [...REPORT_RESULTS] }, booking_id: { type: 'string', minLength: 1 } },
    });
  });

  it('has schemas that a JSON Schema validator takes, and that bookings of ours fit', async () => {
    const { components } = (await w.app.inject('/openapi.json')).json();
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'https://api.example/', components });
    const fits = (name: string, value: unknown) =>
      ajv.validate(`https://api.example/#/components/schemas/${name}`, value);
    const id = await w.book();
    const view = (await w.app.inject({ url: `/v1/bookings/${id}`, headers: as('alice') })).json();
    expect(fits('Booking', view)).toBe(true);
    expect(fits('Booking', { ...view, status: 'bogus' })).toBe(false);
    expect(fits('Problem', (await w.app.inject('/v1/bookings')).json())).toBe(true);
    const request = Object.keys(components.schemas).find((name) => name.startsWith('BookingRequest'))!;
    expect(fits(request, bookingBody())).toBe(true);
    expect(fits(request, { ...bookingBody(), colour: 'red' })).toBe(false);
  });
});

describe('the server', () => {
  /** Sends bytes, and resolves with all that comes back until the other side closes. */
  const exchange = (port: number, bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });

  it('answers what is not HTTP with a problem document, and refuses sockets it has no use for', async () => {
    const { port } = await startServer(w.app, { host: '127.0.0.1', port: 0 });
    const nonsense = await exchange(port, 'hello\r\n\r\n');
    expect(nonsense).toMatch(/^HTTP\/1.1 400 /);
    expect(nonsense).toMatch('application/problem+json');
    const upgrade = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
    const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
    expect(await exchange(port, `GET /elsewhere HTTP/1.1\r\n${upgrade}${key}`)).toMatch(/^HTTP\/1.1 404 /);
  });

  it('answers a client that offers HTTP/2 by Upgrade, and one that wants a page of the stream’s URL', async () => {
    const { port } = await startServer(w.app, { host: '127.0.0.1', port: 0 });
    const h2c = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n';
    expect(await exchange(port, h2c)).toMatch(/^HTTP\/1.1 200 OK[\s\S]*"ok"/);
    const page = await fetch(`http://127.0.0.1:${port}/ws/media-stream/bk_aaaa.1`);
    expect(page.status).toBe(426);
  });

  it('hands media streams to the bridge', async () => {
    const urls: (string | undefined)[] = [];
    const bridge = {
      prepare() {},
      release() {},
      calls: () => [],
      fence() {},
      live: () => 0,
      close: async () => {},
      upgrade(request: { url?: string }, socket: { end(text: string): void }) {
        urls.push(request.url);
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      },
    };
    const { port } = await startServer(w.app, { host: '127.0.0.1', port: 0, bridge: bridge as never });
    const answer = await exchange(
      port,
      'GET /ws/media-stream/bk_aaaa.1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n',
    );
    expect(answer).toMatch('403');
    expect(urls).toEqual(['/ws/media-stream/bk_aaaa.1']);
  });
});
