import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { callbackPoster } from '../../callbacks/post.ts';
import { isPublicAddress, pointsToPrivateAddress, type Resolve } from '../../callbacks/public-address.ts';
import { bookingBody } from '../api/support.ts';
import { type Reply, type WebServer, webServer } from '../providers/web-server.ts';
import { ALICE, attackedApi } from './support.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const PUBLIC = '93.184.216.34';

let servers: WebServer[] = [];
let raw: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await Promise.all(raw.map((server) => new Promise((done) => server.close(done))));
  servers = [];
  raw = [];
});
async function inside(
  answer: (reply: Reply) => void = ({ json }) => json(200, { secret: 'metadata' }),
): Promise<WebServer> {
  const server = await webServer(answer);
  servers.push(server);
  return server;
}

/** A name server that gives one list of addresses after the other, and counts. */
function names(...answers: string[][]): { resolve: Resolve; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolve(hostname, _options, callback) {
      const addresses = answers[Math.min(asked.length, answers.length - 1)]!;
      asked.push(hostname);
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  };
}

const post = (url: string, { resolve, allowLoopback = false }: { resolve?: Resolve; allowLoopback?: boolean } = {}) =>
  callbackPoster({ secret: SECRET, allowLoopback, timeoutMs: 2_000, resolve }).post({ url, id: 'msg_1', body: '{}' });

const refused = { error: expect.stringContaining('public address') };

/** Every way that is known of writing 127.0.0.1, as the host of a URL. */
const LOOPBACK = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0x7F.1',
    '017700000001',
    '0177.0.0.1',
  ],
  ...['127.0.0.1.', '127.000.000.001', '0', '0.0.0.0', '0x0', '127.255.255.254', '１２７.０.０.１', '①②⑦.⓪.⓪.①'],
  ...['127。0。0。1', '%31%32%37.0.0.1', '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[0000::1]', '[::ffff:127.0.0.1]'],
  ...['[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:0001]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]'],
  ...['[64:ff9b:1::7f00:1]', '[::ffff:0:127.0.0.1]', '[2001:0:4136:e378:8000:63bf:3fff:fdd2]'],
];
const PRIVATE = [
  ...[
    '10.0.0.1',
    '0xa.0.0.1',
    '167772161',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.1',
    '0300.0250.0.1',
  ],
  ...['100.64.0.1', '[fc00::1]', '[fd00::1]', '[::ffff:10.0.0.1]', '[::ffff:c0a8:1]', '[2002:a00:1::]', '[fec0::1]'],
  ...[
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.1',
    '[ff02::1]',
    '[2001:db8::1]',
    '[100::1]',
  ],
];
/** Where clouds answer their machines. */
const METADATA = [
  ...['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.43518', '169.254.170.2'],
  ...['[::ffff:169.254.169.254]', '[::ffff:a9fe:a9fe]', '[fe80::a9fe:a9fe]', '[fd00:ec2::254]', '[64:ff9b::a9fe:a9fe]'],
  ...['100.100.100.200', '192.0.0.192', '168.63.129.16', '[::ffff:168.63.129.16]', '[2002:a83f:8110::1]'],
];
const HOSTS = [...LOOPBACK, ...PRIVATE, ...METADATA];

describe('a callback_url', () => {
  const api = attackedApi(() => ({ settings: { rate: { perSecond: 1e6, burst: 1e6 } } }), true);

  it.each(HOSTS)('with the host %s is refused when the booking is placed', async (host) => {
    for (const url of [`http://${host}/`, `https://${host}:8443/a?b=c`]) {
      const { status, json } = await api.as(ALICE, 'POST', '/v1/bookings', { ...bookingBody(), callback_url: url });
      expect(status).toBe(422);
      expect(json.errors).toMatchObject([{ field: 'callback_url' }]);
    }
  });

  it.each([
    ...[
      'ftp://client.example/',
      'file:///etc/passwd',
      'gopher://client.example/_x',
      'data:text/plain,x',
      'javascript:1',
    ],
    ...[
      'ws://client.example/',
      'unix:/run/docker.sock',
      'http+unix://x/',
      '//client.example/',
      '/hook',
      'client.example',
    ],
    ...[
      'https://user@client.example/',
      'https://:pass@client.example/',
      'http://a:b@10.0.0.1/',
      'http://8.8.8.8@10.0.0.1/',
    ],
    ...[
      'https://',
      'https:///',
      'http://[::1',
      'http://client.example:99999/',
      'http://exa mple/',
      'http://a\tb.example/',
    ],
    ...[
      'http://client.example/\r\nX-Forged: 1',
      'http://client.example/\n',
      'http://client.example/\u0000',
      'http://\ud800/',
    ],
  ])('%j is refused', async (url) => {
    const { status, json } = await api.as(ALICE, 'POST', '/v1/bookings', { ...bookingBody(), callback_url: url });
    // A line break at the end is no part of a text.
    if (url.endsWith('\n')) return expect(status).toBe(202);
    expect(status).toBe(422);
    expect((json.errors as { field: string }[]).map(({ field }) => field)).toContain('callback_url');
  });
});

describe('the poster, whatever was let in before', () => {
  it.each(HOSTS)('connects to nothing at %s', async (host) => {
    expect(await post(`http://${host}/`)).toEqual({ error: expect.stringMatching(/public address|Invalid URL/) });
    expect(pointsToPrivateAddress(`http://${host}/`, false)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '168.63.129.16',
    '::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    'fe80::1%lo',
  ])('does not follow a name to %s', async (address) => {
    const server = await inside();
    const { resolve } = names([address]);
    expect(await post(`http://client.example:${new URL(server.url).port}/`, { resolve })).toEqual(refused);
    expect(server.seen).toEqual([]);
  });

  it('refuses a name that has a hidden address among public ones, in any order', async () => {
    for (const list of [
      [PUBLIC, '127.0.0.1'],
      ['127.0.0.1', PUBLIC],
      [PUBLIC, '::1'],
    ]) {
      expect(await post('http://client.example/', { resolve: names(list).resolve })).toEqual(refused);
    }
    expect(await post('http://client.example/', { resolve: names([]).resolve })).toEqual(refused);
  });

  it('looks a name up once for each post and connects to what it looked at, so that rebinding gains nothing', async () => {
    const server = await inside();
    const { port } = new URL(server.url);
    // What is allowed comes first, what is not ever after: a second look-up would lead inside.
    const { resolve, asked } = names(['127.0.0.1'], ['10.0.0.1']);
    const result = await post(`http://client.example:${port}/`, { resolve, allowLoopback: true });
    expect(result).toEqual({ status: 200 });
    expect(asked).toEqual(['client.example']);
    expect(server.seen).toHaveLength(1);
    expect(await post(`http://client.example:${port}/`, { resolve, allowLoopback: true })).toEqual(refused);
    expect(asked).toHaveLength(2);
  });

  it.each([301, 302, 303, 307, 308, 300, 304, 305])('follows no redirect %i to this machine', async (status) => {
    const secret = await inside();
    const server = await inside(({ json }) =>
      json(status, {}, { location: secret.url, refresh: `0; url=${secret.url}` }),
    );
    expect(await post(server.url, { allowLoopback: true })).toEqual({ status });
    expect(secret.seen).toEqual([]);
  });

  it('tells a client nothing of what an inner server answered but its status', async () => {
    const server = await inside(({ json }) => json(418, { secret: 'metadata' }, { 'x-secret': 'header' }));
    expect(await post(server.url, { allowLoopback: true })).toEqual({ status: 418 });
  });

  it('takes nothing from the message into the request line or the header fields', async () => {
    const server = await inside();
    const poster = callbackPoster({ secret: SECRET, allowLoopback: true, timeoutMs: 2_000 });
    expect(await poster.post({ url: server.url, id: 'msg\r\nX-Forged: 1', body: '{}' })).toEqual({
      error: expect.any(String),
    });
    expect(await poster.post({ url: `${server.url}/a\r\nX-Forged: 1\r\n?b=\r\n`, id: 'm', body: '{}' })).toEqual({
      status: 200,
    });
    for (const { headers } of server.seen) expect(headers).not.toHaveProperty('x-forged');
    expect(server.seen).toHaveLength(1);
  });

  it('is not kept by a server that drips interim answers or header fields without end', async () => {
    for (const drip of ['HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n', 'X-More: 1\r\n']) {
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        if (drip.startsWith('X')) socket.write('HTTP/1.1 200 OK\r\n');
        const more = setInterval(() => socket.write(drip), 5);
        socket.on('close', () => clearInterval(more));
      });
      raw.push(server);
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      const poster = callbackPoster({ secret: SECRET, allowLoopback: true, timeoutMs: 200 });
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      expect(await poster.post({ url, id: 'm', body: '{}' })).toEqual({ error: expect.any(String) });
    }
  });

  it('knows what is not public of every IPv6 form that holds an IPv4 address', () => {
    for (const inner of ['7f00:1', 'a00:1', 'a9fe:a9fe', 'c0a8:1', 'a83f:8110']) {
      const [a, b] = inner.split(':');
      for (const form of [
        `::ffff:${inner}`,
        `::${inner}`,
        `64:ff9b::${inner}`,
        `2002:${a}:${b}::1`,
        `::ffff:0:${inner}`,
      ])
        expect([form, isPublicAddress(form)]).toEqual([form, false]);
    }
  });
});
