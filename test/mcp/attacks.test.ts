import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { bookingBody } from '../api/support.ts';
import { ALICE, attackedApi, BOB, OLGA } from '../attacks/support.ts';
import { LOAD_FACTOR } from '../support/load.ts';
import { until } from '../support/until.ts';
import { overHttp } from './support.ts';

const STREAMS = 4;
const api = attackedApi(() => ({ settings: { maxEventStreams: STREAMS } }));

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
};

const message = (method: string, params: object = {}) => ({
  jsonrpc: '2.0',
  id: 1,
  method,
  params: { ...params, _meta: META },
});

const rawHeaders = (method: string, name?: string): Record<string, string> => ({
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': method,
  ...(name !== undefined && { 'mcp-name': name }),
});

/** One request of the protocol, without a client of it. */
const raw = (key: string, method: string, params?: object, headers: Record<string, string> = {}) =>
  api.as(key, 'POST', '/mcp', message(method, params), {
    ...rawHeaders(method, (params as { name?: string } | undefined)?.name),
    ...headers,
  });

const openStreams = async (): Promise<number> =>
  Number(/vocero_event_streams (\d+)/.exec((await api.send('GET', '/metrics')).text)?.[1]);

describe('the endpoint', () => {
  it('asks for a key before it reads anything, and says which scheme', async () => {
    for (const authorization of ['', 'Bearer wrong', `Basic ${ALICE}`]) {
      const { status, headers } = await api.send('POST', '/mcp', {
        headers: { authorization, 'content-type': 'application/json' },
        body: '{"not":',
      });
      expect([authorization, status]).toEqual([authorization, 401]);
      expect(headers.get('www-authenticate')).toContain('Bearer');
    }
    await expect(overHttp(api.url, 'wrong')).rejects.toThrow();
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'file://', 'https://vocero.example.evil'])(
    'refuses the origin %s, with a good key and any method',
    async (origin) => {
      expect((await raw(ALICE, 'tools/list', {}, { origin })).status).toBe(403);
      expect((await api.as(ALICE, 'GET', '/mcp', undefined, { origin })).status).toBe(403);
    },
  );

  it('answers our own origins', async () => {
    for (const origin of [api.url, 'https://vocero.example']) {
      expect((await raw(ALICE, 'tools/list', {}, { origin })).status).toBe(200);
    }
  });

  it.each(['GET', 'DELETE'])('answers %s with 405: it keeps no sessions', async (method) => {
    const { status, headers } = await api.as(ALICE, method, '/mcp');
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('POST');
  });

  it('refuses what is no single message, in a body of any kind', async () => {
    for (const body of [
      '[]',
      '[1]',
      '{',
      'null',
      '7',
      '{"jsonrpc":"2.0"}',
      '{"__proto__":{"a":1},"jsonrpc":"2.0","id":1,"method":"ping"}',
      '\u0000',
    ]) {
      const { status } = await api.as(ALICE, 'POST', '/mcp', body, { accept: 'application/json, text/event-stream' });
      expect([body, status]).toEqual([body, 400]);
    }
    const list = JSON.stringify([message('tools/list'), message('tools/list')]);
    expect((await api.as(ALICE, 'POST', '/mcp', list, rawHeaders('tools/list'))).status).toBe(400);
    const text = await api.as(ALICE, 'POST', '/mcp', 'a', { 'content-type': 'text/plain' });
    expect(text.status).toBe(415);
  });

  it('holds no stream of subscriptions', async () => {
    const params = { notifications: { toolsListChanged: true } };
    const { text } = await raw(ALICE, 'subscriptions/listen', params);
    expect(text).toContain('Subscription limit reached');
  });
});

describe('arguments', () => {
  it('too large for the API are refused as there, and beyond a list’s size before they are read', async () => {
    const alice = await overHttp(api.url, ALICE);
    const large = { ...bookingBody(), agent: { prompt: 'x'.repeat(300 * 1_024) } };
    for (const tool of ['check_booking', 'book_appointment']) {
      expect(await alice.call(tool, large)).toMatchObject({ failed: true, data: { status: 413 } });
    }
    const huge = JSON.stringify(
      message('tools/call', { name: 'check_batch', arguments: { x: 'x'.repeat(11 * 1_048_576) } }),
    );
    const { status } = await api.as(ALICE, 'POST', '/mcp', huge, rawHeaders('tools/call', 'check_batch'));
    expect(status).toBe(413);
    expect(await api.serves()).toBe(true);
  });

  it('named like members of prototypes, or nested without end, reach nothing', async () => {
    const alice = await overHttp(api.url, ALICE);
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      await expect(alice.call(name)).rejects.toThrow('There is no tool');
      const refused = await alice.call('get_booking', {
        [name === '__proto__' ? 'prototype' : name]: {},
        booking_id: 'x',
      });
      expect(refused).toMatchObject({ failed: true, data: { status: 422 } });
      expect(await alice.call('get_booking', { booking_id: name })).toMatchObject({ data: { status: 404 } });
    }
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const body = JSON.stringify(
      message('tools/call', { name: 'book_appointment', arguments: { metadata: 0 } }),
    ).replace('"metadata":0', `"metadata":${deep}`);
    const { status } = await api.as(ALICE, 'POST', '/mcp', body, rawHeaders('tools/call', 'book_appointment'));
    expect([200, 400]).toContain(status);
    expect(api.world.gateway.started).toEqual([]);
    expect(await api.serves()).toBe(true);
  });

  it('that a header could not hold, or that would split one, are refused', async () => {
    const alice = await overHttp(api.url, ALICE);
    for (const token of ['a\r\nx-forged: 1', 'é', ' ', 'x'.repeat(201), 7, null]) {
      const refused = await alice.call('book_appointment', { ...bookingBody(), token });
      expect([token, refused.data.status]).toEqual([token, 422]);
    }
    expect(api.world.gateway.started).toEqual([]);
  });
});

describe('waits', () => {
  it('of one key are bounded, leave room for others, and beyond the bound answer at once', async () => {
    const alice = await overHttp(api.url, ALICE);
    const bob = await overHttp(api.url, BOB);
    const [hers, his] = [await api.world.book(ALICE), await api.world.book(BOB)];
    const stop = new AbortController();
    const wait = { booking_id: hers, wait_seconds: 50 };
    const waiting = Array.from({ length: STREAMS / 2 }, () =>
      alice.call('get_booking', wait, { signal: stop.signal }).catch(() => 'stopped'),
    );
    await until(async () => (await openStreams()) === STREAMS / 2);
    const over = await alice.call('get_booking', wait);
    expect(over).toMatchObject({ failed: false, data: { id: hers } });
    expect(over.text).toContain('It did not wait');
    const other = bob
      .call('get_booking', { booking_id: his, wait_seconds: 50 }, { signal: stop.signal })
      .catch(() => 'stopped');
    await until(async () => (await openStreams()) === STREAMS / 2 + 1);
    // Their places come back as soon as their clients are gone.
    stop.abort();
    expect(await Promise.all([...waiting, other])).toEqual(Array(STREAMS / 2 + 1).fill('stopped'));
    await until(async () => (await openStreams()) === 0);
  });

  it('end with a connection that breaks', async () => {
    const id = await api.world.book(ALICE);
    const body = JSON.stringify(
      message('tools/call', { name: 'get_booking', arguments: { booking_id: id, wait_seconds: 50 } }),
    );
    const socket = request(`${api.url}/mcp`, {
      method: 'POST',
      headers: {
        ...rawHeaders('tools/call', 'get_booking'),
        authorization: `Bearer ${ALICE}`,
        'content-type': 'application/json',
      },
    });
    socket.on('error', () => undefined);
    socket.end(body);
    await until(async () => (await openStreams()) === 1);
    socket.destroy();
    await until(async () => (await openStreams()) === 0);
  });

  it('of the HTTP API end in the same way', async () => {
    const id = await api.world.book(ALICE);
    const gone = new AbortController();
    const headers = { authorization: `Bearer ${ALICE}` };
    const read = fetch(`${api.url}/v1/bookings/${id}?wait_seconds=50`, { headers, signal: gone.signal }).catch(
      () => 'gone',
    );
    await until(async () => (await openStreams()) === 1);
    gone.abort();
    expect(await read).toBe('gone');
    await until(async () => (await openStreams()) === 0);
  });
});

describe('a lost answer', () => {
  it('of a slow engine costs no id: it is told within two seconds', async () => {
    const alice = await overHttp(api.url, ALICE);
    const { gateway } = api.world;
    const start = gateway.start.bind(gateway);
    let letGo = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    gateway.start = async (input) => {
      await slow;
      return start(input);
    };
    const began = Date.now();
    const late = await alice.call('book_appointment', { ...bookingBody(), idempotency_key: 'slow 1' });
    expect(Date.now() - began).toBeLessThan(2_000 * LOAD_FACTOR);
    expect(late).toMatchObject({ failed: false, data: { id: expect.stringMatching(/^bk_/), status: 'queued' } });
    expect(late.text).toContain('its start is not confirmed yet');
    const { id } = late.data;
    const asked = await alice.call('get_booking', { idempotency_key: 'slow 1', wait_seconds: 5 });
    expect(asked).toMatchObject({ failed: false, data: { id } });
    expect(asked.text).toContain('Repeat the call that made it');
    const bob = await overHttp(api.url, BOB);
    expect((await bob.call('get_booking', { idempotency_key: 'slow 1' })).data.status).toBe(404);
    letGo();
    await until(async () => !(await alice.call('get_booking', { booking_id: id })).failed);
    const again = await alice.call('book_appointment', { ...bookingBody(), idempotency_key: 'slow 1' });
    expect(again.data.id).toBe(id);
    expect(again.text).toContain('Accepted.');
    expect(gateway.started).toHaveLength(1);
  });
});

describe('an engine that is away', () => {
  it('fails a booking with the key that finds it, which the tool makes up if the client gave none', async () => {
    const alice = await overHttp(api.url, ALICE);
    api.world.gateway.down = true;
    const { failed, data, text } = await alice.call('book_appointment', bookingBody());
    expect([failed, data.status]).toEqual([true, 503]);
    const [, idempotency_key] = /idempotency_key "([0-9a-f-]{36})"/.exec(text)!;
    const { data: stored } = await alice.call('get_booking', { idempotency_key });
    api.world.gateway.down = false;
    const again = await alice.call('book_appointment', { ...bookingBody(), idempotency_key });
    expect(again).toMatchObject({ failed: false, data: { id: stored.id } });
    expect(api.world.gateway.started).toHaveLength(1);
  });
});

describe('an open API', () => {
  const open = attackedApi(() => ({ settings: { apiKeys: [], operatorKeys: [] } }));

  it('serves assistants on this machine, under its names, with every tool', async () => {
    const anybody = await overHttp(open.url, undefined);
    expect(await anybody.tools()).toContain('settle_review');
    expect((await anybody.call('book_appointment', bookingBody())).failed).toBe(false);
    const tunneled = await open.send('POST', '/mcp', {
      headers: {
        ...rawHeaders('tools/list'),
        'content-type': 'application/json',
        'x-forwarded-host': 'tunnel.example',
      },
      body: JSON.stringify(message('tools/list')),
    });
    expect(tunneled.status).toBe(403);
  });
});

describe('logs', () => {
  it('have neither keys nor arguments', async () => {
    const olga = await overHttp(api.url, OLGA);
    await olga.call('check_booking', { ...bookingBody(), metadata: { secret: 'for nobody’s eyes' } });
    await olga.call('book_appointment', { ...bookingBody(), token: 'ck_guess' });
    for (const text of [OLGA, 'nobody’s eyes', 'ck_guess', '43211234']) expect(api.logged()).not.toContain(text);
  });
});
