import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { largeBodies } from '../../api/large-bodies.ts';
import { bookingBody, PUBLIC_URL } from '../api/support.ts';
import { ALICE, type Answer, attackedApi, HOOK, TOOL, TWILIO_TOKEN } from './support.ts';

const MB = 1_024 * 1_024;

let memory = 0;
beforeEach(() => {
  memory = process.memoryUsage().rss;
});
afterEach(async () => {
  expect(await api.serves()).toBe(true);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(process.memoryUsage().rss - memory).toBeLessThan(700 * MB);
  expect(api.world.gateway.started).toEqual([]);
});

const api = attackedApi(() => ({ settings: { rate: { perSecond: 1e6, burst: 1e6 } } }), true);

const now = (): number => Math.floor(Date.now() / 1_000);
type Body = string | Buffer;

/** Every POST that takes a body, with all that makes it genuine, so that the body is looked at. */
const TARGETS: Record<string, (body: Body) => { path: string; headers: Record<string, string> }> = {
  'a booking': () => ({
    path: '/v1/bookings',
    headers: { authorization: `Bearer ${ALICE}`, 'content-type': 'application/json' },
  }),
  'a report': () => ({
    path: '/api/elevenlabs/tools/report_result',
    headers: { authorization: `Bearer ${TOOL}`, 'content-type': 'application/json' },
  }),
  'a post-call webhook': (body) => {
    const t = now();
    const mac = createHmac('sha256', HOOK).update(`${t}.`).update(body).digest('hex');
    return {
      path: '/api/elevenlabs/post-call',
      headers: { 'elevenlabs-signature': `t=${t},v0=${mac}`, 'content-type': 'application/json' },
    };
  },
};
const deliver = (target: string, body: Body, more: Record<string, string> = {}): Promise<Answer> => {
  const { path, headers } = TARGETS[target]!(body);
  return api.send('POST', path, { headers: { ...headers, ...more }, body });
};
/** A clear refusal; the genuine webhook is taken and nothing is made of it. */
function refused(target: string, { status, json, headers }: Answer, ...statuses: number[]): void {
  if (target === 'a post-call webhook' && status === 200) {
    expect(json).toEqual({ received: true });
    return;
  }
  expect(statuses).toContain(status);
  expect(headers.get('content-type')).toMatch('application/problem+json');
  expect(json).toMatchObject({
    status,
    title: expect.any(String),
    detail: expect.any(String),
    request_id: expect.any(String),
  });
}
const nested = (depth: number, open: string, shut: string): string => open.repeat(depth) + shut.repeat(depth);
const keys = (n: number): string => `{${Array.from({ length: n }, (_, i) => `"k${i}":1`).join(',')}}`;

describe.each(Object.keys(TARGETS))('%s whose body', (target) => {
  it.each([
    ['is 25,000 arrays deep', nested(25_000, '[', ']')],
    ['is 25,000 objects deep', `${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`],
    [
      'is deep in a field that is known',
      `{"booking_id":${nested(20_000, '[', ']')},"business":${nested(9_000, '[', ']')}}`,
    ],
    ['opens without end', '['.repeat(60_000)],
    ['opens objects without end', '{"a":'.repeat(12_000)],
    ['has 5,000 keys', keys(5_000)],
    ['is a million spaces', ' '.repeat(60_000)],
    ['is a long number', '9'.repeat(60_000)],
    [
      'is a number beyond all',
      '{"result":1e99999,"booking_id":-1e99999,"escalation":{"native":{"budget_seconds":1e400}}}',
    ],
    ['is one long string', JSON.stringify('x'.repeat(60_000))],
    ['names a prototype', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'],
    ['names a prototype in escapes', '{"\\u005f\\u005fproto\\u005f\\u005f":{"polluted":true}}'],
    [
      'names a prototype inside',
      '{"data":{"__proto__":{"polluted":true},"conversation_id":"c"},"type":"post_call_transcription","metadata":{"__proto__":{"polluted":"x"}}}',
    ],
    [
      'names a constructor inside',
      '{"metadata":{"constructor":{"prototype":{"polluted":"x"}}},"business":{"constructor":{"prototype":{}}}}',
    ],
    ['has a key twice', '{"booking_id":"a","booking_id":"b","business":{},"business":{}}'],
    ['has NUL in it', '{"booking_id":"a\\u0000","business":"\\u0000"}'],
    ['has a raw NUL in it', '{"a":"\u0000"}'],
    ['has half a character', '{"booking_id":"\\ud800","business":"\\udc00"}'],
    ['is no JSON', 'hello'],
    ['is JSON of another kind', "{'a': 1}"],
    ['is NaN', 'NaN'],
    ['has a comment', '{"a":1/*x*/}'],
    ['is a form', 'a=b&c=d'],
    ['is XML', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
    ['is null', 'null'],
  ])('%s is refused clearly', async (_name, body) => {
    refused(target, await deliver(target, body), 400, 422);
  });

  it.each([
    ['broken', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['overlong', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
    ['a coded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['cut off', Buffer.from([0x22, 0xe2, 0x82])],
    ['random', Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 7_919) % 256))],
  ])('is %s UTF-8 is refused clearly', async (_name, body) => {
    refused(target, await deliver(target, body), 400, 422);
  });

  it('is compressed is refused before it is unpacked, a bomb like a small one', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * MB));
    for (const [encoding, body] of [
      ['gzip', bomb],
      ['br', brotliCompressSync(Buffer.alloc(MB))],
      ['deflate', bomb],
      ['gzip, gzip', bomb],
      ['x-unknown', bomb],
    ] as const)
      refused(target, await deliver(target, body, { 'content-encoding': encoding }), 415);
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'text/json',
    'application/json5',
  ])('is of type %s is refused: a report by what it says, all others by their type', async (type) => {
    const body = '{}';
    const { path, headers } = TARGETS[target]!(body);
    const answer = await api.send('POST', path, { headers: { ...headers, 'content-type': type }, body });
    const status = target === 'a report' ? 422 : 415;
    refused(target, answer, status);
    expect(answer.status).toBe(status);
  });

  it('is larger than allowed is answered 413, by what it says of its length and by what comes', async () => {
    const limit = target === 'a post-call webhook' ? 90 * MB : 256 * 1_024;
    const { path, headers } = TARGETS[target]!('');
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\r\n')}\r\n`;
    const said = await api.open(`${head}Content-Length: ${limit + 1}\r\n\r\n`);
    await said.closed;
    expect(said.received()).toMatch(/^HTTP\/1\.1 413 [\s\S]*allowed here/);
    const unsaid = await api.open(`${head}Transfer-Encoding: chunked\r\n\r\n`);
    const piece = Buffer.alloc(64 * 1_024, 0x20);
    let open = true;
    void unsaid.closed.then(() => {
      open = false;
    });
    unsaid.socket.on('error', () => undefined);
    let sent = 0;
    while (open && sent < limit + 8 * MB) {
      sent += piece.length;
      const more = unsaid.socket.write(Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]));
      await (more
        ? new Promise((turn) => setImmediate(turn))
        : Promise.race([unsaid.closed, new Promise((drained) => unsaid.socket.once('drain', drained))]));
    }
    await unsaid.closed;
    // Who goes on writing may lose the answer with the connection; what counts is that it is cut.
    expect(unsaid.received()).toMatch(/^$|^HTTP\/1\.1 413 /);
    expect(sent).toBeLessThan(limit + 8 * MB);
  });

  it.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3'],
    ['a length and pieces', 'Content-Length: 2\r\nTransfer-Encoding: chunked'],
    ['a negative length', 'Content-Length: -1'],
    ['a length that is none', 'Content-Length: 1e3'],
    ['a length beyond all', 'Content-Length: 99999999999999999999999'],
    ['pieces of another kind', 'Transfer-Encoding: chunked, identity'],
    ['a space before the colon', 'Content-Length : 2'],
    ['a folded line', 'X-A: b\r\n c: d\r\nContent-Length: 2'],
  ])('is announced with %s smuggles no second request', async (_name, announced) => {
    const { path, headers } = TARGETS[target]!('{}');
    const fields = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\r\n');
    const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
    const socket = await api.open(
      `POST ${path} HTTP/1.1\r\nHost: x\r\n${fields}\r\n${announced}\r\nConnection: close\r\n\r\n0\r\n\r\n${smuggled}`,
    );
    await socket.closed;
    expect(socket.received()).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(socket.received().match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });
});

describe('a form of Twilio’s', () => {
  const path = '/webhook/voice/status?call_id=bk_aaaaaaaaaaaaaaaaaaaaaaaa.1';
  const post = (body: Body, signature = 'x'): Promise<Answer> =>
    api.send('POST', path, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      body,
    });

  it('of 100,000 parameters is too large; of as many as fit, and of one that is all of it, unsigned, 403', async () => {
    expect((await post(Array.from({ length: 100_000 }, (_, n) => `p${n}=v`).join('&'))).status).toBe(413);
    expect((await post('&'.repeat(60_000))).status).toBe(403);
    expect((await post('a=&'.repeat(20_000))).status).toBe(403);
    expect((await post(`a=${'%41'.repeat(20_000)}`)).status).toBe(403);
    expect((await post(`a=${'%'.repeat(60_000)}`)).status).toBe(403);
    expect((await post(Buffer.alloc(60_000, 0xff))).status).toBe(403);
    expect((await post('')).status).toBe(403);
  });

  it('that is genuine and names a prototype pollutes nothing', async () => {
    const form = Object.assign(Object.create(null), {
      CallSid: `CA${'0'.repeat(32)}`,
      CallStatus: 'busy',
      constructor: 'x',
      toString: 'y',
    });
    const answer = await post(
      new URLSearchParams(form).toString(),
      getExpectedTwilioSignature(TWILIO_TOKEN, PUBLIC_URL + path, form),
    );
    expect(answer.status).toBe(204);
  });
});

describe('large bodies of strangers', () => {
  it('are held up to a common limit, whatever their number, and let go again', async () => {
    const read = largeBodies(1_000, 100);
    let go = (): void => undefined;
    const gate = new Promise<void>((open) => {
      go = open;
    });
    async function* generate(bytes: number): AsyncGenerator<Buffer> {
      for (let sent = 0; sent < bytes; sent += 100) yield Buffer.alloc(100);
      await gate;
    }
    const pieces = (bytes: number): Readable => Readable.from(generate(bytes), { highWaterMark: 1 });
    const held = [read(pieces(400), 1_000), read(pieces(500), 1_000)];
    // Until both have taken all that there is for now.
    for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next));
    await expect(read(pieces(300), 1_000)).rejects.toMatchObject({ status: 503 });
    // Small ones are let in beside them.
    const small = read(pieces(100), 1_000);
    go();
    expect((await Promise.all([...held, small])).map(({ length }) => length)).toEqual([400, 500, 100]);
    await expect(read(pieces(1_100), 1_000)).rejects.toMatchObject({ status: 413 });
    await expect(read(pieces(0), 1_000, 1_001)).rejects.toMatchObject({ status: 413 });
    expect((await read(pieces(900), 1_000)).length).toBe(900);
  });

  it('without a signature that could be one are refused before they come', async () => {
    const socket = await api.open(
      'POST /api/elevenlabs/post-call HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000000\r\n\r\n',
    );
    await new Promise<void>((answered) => socket.socket.once('data', () => answered()));
    expect(socket.received()).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe('header fields and addresses', () => {
  it.each([
    ['20 KB of one field', `X-A: ${'x'.repeat(20_000)}`],
    ['3,000 fields', Array.from({ length: 3_000 }, (_, n) => `X-${n}: 1`).join('\r\n')],
    ['a NUL', 'X-A: a\u0000b'],
    ['a bare line feed in a value', 'X-A: a\nX-B\u0001: c'],
  ])('%s are refused clearly', async (_name, field) => {
    const socket = await api.open(`GET /v1/bookings HTTP/1.1\r\nHost: x\r\n${field}\r\n\r\n`);
    await socket.closed;
    expect(socket.received()).toMatch(/^HTTP\/1\.1 4\d\d [\s\S]*application\/problem\+json/);
  });

  it('an Idempotency-Key with strange characters is a key and comes back in no header field', async () => {
    for (const key of [
      "'; DROP TABLE bookings;--",
      '%0d%0aX-Forged: 1',
      '\u00ff\u00e9',
      '../../x',
      '{{x}}',
      '<script>',
    ]) {
      const answer = await api.as(
        ALICE,
        'POST',
        '/v1/bookings',
        { ...bookingBody(), colour: 'red' },
        { 'idempotency-key': key },
      );
      expect(answer.status).toBe(422);
      expect(answer.headers.get('x-forged')).toBeNull();
      expect(JSON.stringify([...answer.headers])).not.toContain(key);
    }
  });

  it('an address of 20 KB, or one that climbs, is answered 4xx', async () => {
    for (const path of [`/${'x'.repeat(20_000)}`, `/v1/bookings?cursor=${'x'.repeat(20_000)}`]) {
      const socket = await api.open(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      await socket.closed;
      expect(socket.received()).toMatch(/^HTTP\/1\.1 4(04|31|14) /);
    }
  });
});
