import { beforeEach, describe, expect, it } from '@jest/globals';
import { bookingBody, finish, withAttempt } from '../api/support.ts';
import { ALICE, attackedApi, BOB, OLGA } from './support.ts';

const api = attackedApi(() => ({
  settings: { rate: { perSecond: 1e6, burst: 1e6 }, wrongKeys: { perSecond: 1e6, burst: 1e6 } },
}));

/** For everybody who can connect, by design; everything else must ask who is there. */
const OPEN = [
  'GET /',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs.md',
  'GET /llms.txt',
  'GET /ws/media-stream/:call_id',
  // The address is the secret: see test/api/calendar.test.ts.
  'GET /calendar/:token.ics',
  // Who is signed in at the console, if anybody; to sign in, and out: see test/api/console.test.ts.
  'GET /console/session',
  'POST /console/session',
  'DELETE /console/session',
];
/** Of a provider, each with a signature or secret of its own: see forged-webhooks.test.ts. */
const PROVIDERS = [
  'POST /api/elevenlabs/inbound',
  'POST /api/elevenlabs/post-call',
  'POST /api/elevenlabs/tools/report_result',
  'POST /webhook/voice/inbound',
  'POST /webhook/voice/inbound/answer',
  'POST /webhook/voice/outbound',
  'POST /webhook/voice/status',
];
/** What a route needs to get as far as looking for its booking. */
const BODIES: Record<string, unknown> = {
  'PATCH /v1/batches/:id': { name: 'Otra lista' },
  'POST /v1/batches/:id/rows': { rows: [{ business: { phone: '+541143211234' } }] },
  'POST /v1/bookings/:id/review': { by: 'Bob', result: 'declined' },
};

interface Route {
  method: string;
  path: string;
}

/** Every route that the running API has, documented or not: read off its router. */
function routes(): Route[] {
  const found: Route[] = [];
  const stack: string[] = [];
  for (const line of api.world.app.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^((?:[│ ] {3})*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (!match) continue;
    const depth = match[1]!.length / 4;
    stack.length = depth;
    stack[depth] = match[2]!;
    const path = stack.join('');
    for (const method of match[3]?.split(', ') ?? []) found.push({ method, path });
  }
  return found;
}
const nameOf = ({ method, path }: Route): string => `${method === 'HEAD' ? 'GET' : method} ${path}`;
const guarded = (): Route[] => routes().filter((route) => ![...OPEN, ...PROVIDERS].includes(nameOf(route)));
const filled = ({ path }: Route, id: string): string =>
  path.replace(':id', id).replace(':message', `msg_${id}_final`).replace(':number', '+541143211234');
const ofOneBooking = (): Route[] => guarded().filter(({ path }) => path.includes(':id'));

let theirs: string;
beforeEach(async () => {
  theirs = await api.world.book(ALICE, { metadata: { secret: 'for alice alone' } });
  const callId = withAttempt(api.world, theirs);
  const { records } = api.world;
  await records.putTranscript(callId, [{ role: 'business', message: 'secret words', at_seconds: 1 }], 'conversation');
  const view = api.world.gateway.workflows.get(theirs)!;
  await records.putMessage({
    id: `msg_${theirs}_final`,
    booking_id: theirs,
    type: 'booking.final',
    timestamp: view.created_at,
    data: view,
  });
});

describe('the list of routes', () => {
  it('is read in full: it has what the OpenAPI document has, and more', async () => {
    const { paths } = (await api.send('GET', '/openapi.json')).json as { paths: Record<string, object> };
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(documented.length).toBeGreaterThan(15);
    expect(routes().map(nameOf)).toEqual(expect.arrayContaining(documented));
    expect(ofOneBooking().length).toBeGreaterThanOrEqual(8);
  });
});

describe('without a key', () => {
  it.each([
    ['none', undefined],
    ['an empty one', 'Bearer '],
    ['a wrong one', 'Bearer nobody'],
    ['the beginning of one', `Bearer ${ALICE.slice(0, -1)}`],
    ['one and more', `Bearer ${ALICE}x`],
    ['one in capitals', `Bearer ${ALICE.toUpperCase()}`],
    ['one without its scheme', ALICE],
    ['one of another scheme', `Basic ${Buffer.from(`${ALICE}:`).toString('base64')}`],
    ['two', `Bearer ${ALICE}, Bearer ${BOB}`],
    ['a list', `Bearer ${ALICE},${BOB}`],
    ['the tool’s secret', 'Bearer tool-secret-5b1f0e9d2c'],
  ])(
    '(%s) every route that is not open by design answers 401, before it reads anything',
    async (_name, authorization) => {
      for (const route of guarded()) {
        const body = ['POST', 'PUT', 'PATCH'].includes(route.method) ? '{"not":' : undefined;
        const { status, text } = await api.send(route.method, filled(route, theirs), {
          headers: {
            ...(body && { 'content-type': 'application/json' }),
            ...(authorization !== undefined && { authorization }),
          },
          ...(body && { body }),
        });
        expect([route, status]).toEqual([route, 401]);
        expect(text).not.toMatch(/secret|alice/);
      }
    },
  );

  it('a key in the query, a cookie or another field of the header is none', async () => {
    for (const path of [
      `/v1/bookings?key=${ALICE}`,
      `/v1/bookings?authorization=Bearer%20${ALICE}`,
      `/v1/bookings?access_token=${ALICE}`,
    ])
      expect((await api.send('GET', path)).status).toBe(401);
    for (const headers of [
      { cookie: `key=${ALICE}` },
      { 'x-api-key': ALICE },
      { 'proxy-authorization': `Bearer ${ALICE}` },
    ])
      expect((await api.send('GET', '/v1/bookings', { headers: headers as never })).status).toBe(401);
  });

  it.each([
    '/v1//bookings',
    '/V1/bookings',
    '//v1/bookings',
    '/v1/./bookings',
    '/v1/bookings/',
    '/v1/bookings;x',
    '/v1%2fbookings',
    '/%76%31/bookings',
    '/x/../v1/bookings',
  ])('the spelling %s leads past no check', async (path) => {
    const { socket, received, closed } = await api.open(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    await closed;
    socket.destroy();
    expect(received()).toMatch(/^HTTP\/1\.1 40[134] /);
  });

  it('headers that proxies use to say another method or path change nothing', async () => {
    const headers = {
      'x-original-url': '/healthz',
      'x-rewrite-url': '/healthz',
      'x-http-method-override': 'DELETE',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-user': 'olga',
    };
    expect((await api.send('GET', '/v1/bookings', { headers })).status).toBe(401);
  });
});

describe('with another client’s key', () => {
  const without = (json: Record<string, unknown>): object => ({ ...json, request_id: '' });

  it('every route of a booking answers exactly as for one that does not exist', async () => {
    const nobodys = `bk_${'a'.repeat(24)}`;
    for (const final of [false, true]) {
      if (final) await finish(api.world, theirs);
      for (const route of ofOneBooking()) {
        const body = BODIES[nameOf(route)];
        const [seen, missing] = [
          await api.as(BOB, route.method, filled(route, theirs), body),
          await api.as(BOB, route.method, filled(route, nobodys), body),
        ];
        // Another status means: give the route the body that it needs in BODIES, or look to its check.
        expect([route, [403, 404].includes(seen.status)]).toEqual([route, true]);
        expect(seen.status).toBe(missing.status);
        expect(without(seen.json)).toEqual(without(missing.json));
        expect([...seen.headers.keys()]).toEqual([...missing.headers.keys()]);
      }
    }
    expect(api.world.gateway.workflows.get(theirs)?.cancel_requested).toBe(false);
    expect(api.world.gateway.told).toEqual([]);
  });

  it('the list holds nothing of others, whatever the filter or the cursor', async () => {
    const mine = await api.world.book(BOB);
    const view = (await api.as(ALICE, 'GET', '/v1/bookings')).json.data as { id: string; created_at: string }[];
    expect(view.map(({ id }) => id)).toEqual([theirs]);
    const cursor = Buffer.from(JSON.stringify(['9999-01-01T00:00:00.000Z', theirs])).toString('base64url');
    for (const query of [
      '',
      '?limit=100',
      '?status=queued',
      '?status=in_progress',
      `?cursor=${cursor}`,
      '?owner=alice',
    ]) {
      const { status, text } = await api.as(BOB, 'GET', `/v1/bookings${query}`);
      expect([200, 422]).toContain(status);
      expect(text).not.toMatch(theirs);
      if (status === 200 && !query.includes('in_progress')) expect(text).toMatch(mine);
    }
  });

  it('a message of another booking is not sent through a booking of one’s own', async () => {
    const mine = await api.world.book(BOB);
    const { status } = await api.as(BOB, 'POST', `/v1/bookings/${mine}/messages/msg_${theirs}_final/send`);
    expect(status).toBe(404);
    expect(api.world.gateway.told).toEqual([]);
  });

  it('the do-not-call list is for operators', async () => {
    for (const method of ['GET', 'HEAD']) expect((await api.as(BOB, method, '/v1/do-not-call')).status).toBe(403);
    expect((await api.as(BOB, 'DELETE', '/v1/do-not-call/+541143211234')).status).toBe(403);
    expect((await api.as(OLGA, 'GET', '/v1/do-not-call')).status).toBe(200);
  });

  it('an Idempotency-Key belongs to its API key: the same one of another makes another booking, and tells of none', async () => {
    const key = { 'idempotency-key': 'order-42' };
    const first = await api.as(ALICE, 'POST', '/v1/bookings', bookingBody(), key);
    const again = await api.as(ALICE, 'POST', '/v1/bookings', bookingBody(), key);
    const bobs = await api.as(BOB, 'POST', '/v1/bookings', bookingBody(), key);
    expect([first.status, again.status, bobs.status]).toEqual([202, 200, 202]);
    expect(again.json.id).toBe(first.json.id);
    expect(bobs.json.id).not.toBe(first.json.id);
    const other = { ...bookingBody(), metadata: { other: 'body' } };
    const conflict = await api.as(BOB, 'POST', '/v1/bookings', other, key);
    expect(conflict.status).toBe(409);
    expect(conflict.text).not.toMatch(first.json.id as string);
  });
});

describe('ids', () => {
  it('are 24 characters of 32, each as often as chance has it, in any place, and none like another', async () => {
    const { newBookingId } = await import('../../accepting/keyed-hashes.ts');
    const N = 6_400;
    const ids = Array.from({ length: N }, () => newBookingId());
    expect(new Set(ids).size).toBe(N);
    expect(ids.every((id) => /^bk_[a-z2-7]{24}$/.test(id))).toBe(true);
    // Chi squared of 31 degrees: a fair source is above 100 once in hundreds of millions of places.
    for (let place = 3; place < 27; place++) {
      const seen = new Map<string, number>();
      for (const id of ids) seen.set(id[place]!, (seen.get(id[place]!) ?? 0) + 1);
      expect(seen.size).toBe(32);
      const expected = N / 32;
      const chi = [...seen.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
      expect(chi).toBeLessThan(100);
    }
  });

  it.each([
    ...[
      'bk_',
      'bk_%',
      '%25',
      '*',
      '..',
      '..%2fbookings',
      '%2e%2e%2f',
      "bk_' OR '1'='1",
      'bk_";drop table bookings;--',
      '__proto__',
    ],
    ...[
      'constructor',
      'toString',
      'null',
      'undefined',
      'NaN',
      '0',
      '-1',
      'bk_%00',
      '%0d%0aX-Forged:%201',
      '%ff',
      '%c0%ae',
      'x'.repeat(99),
    ],
    ...['BK_AAAAAAAAAAAAAAAAAAAAAAAA', 'bk_aaaa\u00ff', '<script>', '{{7*7}}'],
  ])('%s is nobody’s', async (id) => {
    for (const route of ofOneBooking()) {
      const path = route.path.replace(':id', encodeURI(id).replaceAll('%25', '%')).replace(':message', 'm');
      const { status, headers, text } = await api.as(ALICE, route.method, path, BODIES[nameOf(route)]);
      expect([route, [400, 403, 404, 405, 422].includes(status)]).toEqual([route, true]);
      expect(headers.get('x-forged')).toBeNull();
      expect(text).not.toMatch(/SQLITE|syntax|at .*\.ts/);
    }
  });
});
