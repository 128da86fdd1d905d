import { describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { until } from '../support/until.ts';
import { ALICE, attackedApi, HOOK, type OpenSocket } from './support.ts';

const PATIENCE = { headersMs: 300, requestMs: 900, idleMs: 600, checkMs: 50 };
/** A bridge that takes upgrades and never says a word, as far as this server is concerned. */
const silentBridge = {
  prepare() {},
  release() {},
  calls: () => [],
  fence() {},
  live: () => 0,
  close: async () => {},
  upgrade(_request: unknown, socket: { destroy(): void }) {
    socket.destroy();
  },
};
const api = attackedApi(() => ({ deps: { patience: PATIENCE, bridge: silentBridge as never } }));
const MANY = 100;

/** Writes one byte after the other, faster than any idle time-out, until the other side has had enough. */
function drip({ socket, closed }: OpenSocket, byte: () => string): Promise<void> {
  const timer = setInterval(() => {
    if (socket.writable) socket.write(byte());
  }, 20);
  socket.on('error', () => undefined);
  return closed.finally(() => clearInterval(timer));
}
/** Every connection of a stranger is gone from the server, though the stranger never closed its side. */
const allGone = (): Promise<boolean> =>
  until(async () => (await api.connections()) === 0, 10_000, 'the server to let go of every connection');

const post = (path: string, header: string): string => `POST ${path} HTTP/1.1\r\nHost: x\r\n${header}\r\n`;
const JSON_TYPE = 'Content-Type: application/json\r\n';

describe('a connection is cut, and others are served meanwhile, when it', () => {
  it('never sends a byte', async () => {
    const socket = await api.open();
    await socket.closed;
    expect(socket.received()).toMatch(/^HTTP\/1\.1 408 [\s\S]*application\/problem\+json/);
    await allGone();
  });

  it('sends its header fields a byte at a time, without end', async () => {
    const socket = await api.open('GET /healthz HTTP/1.1\r\nHost: x\r\n');
    const cut = drip(socket, () => 'X-a: b\r\n');
    expect(await api.serves()).toBe(true);
    await cut;
    expect(socket.received()).toMatch(/^HTTP\/1\.1 (408|431) /);
    await until(async () => (await api.connections()) <= 1);
  });

  it.each([
    [
      'to a client’s route',
      () => post('/v1/bookings', `Authorization: Bearer ${ALICE}\r\n${JSON_TYPE}Content-Length: 9999\r\n`),
    ],
    [
      'to a client’s route, in pieces',
      () => post('/v1/bookings', `Authorization: Bearer ${ALICE}\r\n${JSON_TYPE}Transfer-Encoding: chunked\r\n`),
    ],
    [
      'to the post-call webhook',
      () =>
        post(
          '/api/elevenlabs/post-call',
          `${JSON_TYPE}Content-Length: 99999\r\nElevenLabs-Signature: t=${Math.floor(Date.now() / 1000)},v0=${'0'.repeat(64)}\r\n`,
        ),
    ],
    [
      'to Twilio’s webhook',
      () =>
        post(
          '/webhook/voice/status?call_id=x',
          'Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: x\r\nContent-Length: 9999\r\n',
        ),
    ],
    [
      'to the agent’s tool, refused already',
      () => post('/api/elevenlabs/tools/report_result', `${JSON_TYPE}Content-Length: 9999\r\n`),
    ],
    ['to a route that is not there', () => post('/nowhere', `${JSON_TYPE}Content-Length: 9999\r\n`)],
  ])('sends its body a byte at a time %s', async (name, request) => {
    const socket = await api.open(request());
    const cut = drip(socket, () => (name.includes('pieces') ? '1\r\n \r\n' : ' '));
    expect(await api.serves()).toBe(true);
    await cut;
    expect(socket.received()).toMatch(/^HTTP\/1\.1 4\d\d /);
    await until(async () => (await api.connections()) <= 1, 10_000);
  });

  it('stops in the middle of its body', async () => {
    const socket = await api.open(
      post('/v1/bookings', `Authorization: Bearer ${ALICE}\r\n${JSON_TYPE}Content-Length: 9999\r\n`).concat('{"bus'),
    );
    await socket.closed;
    await allGone();
  });

  it('is kept open after an answer and not used', async () => {
    const socket = await api.open('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await socket.closed;
    expect(socket.received()).toMatch(/^HTTP\/1\.1 200 /);
    await allGone();
  });

  it('takes no byte of a long answer', async () => {
    const socket = await api.open();
    socket.socket.pause();
    // Far more than the two kernels keep between them.
    socket.socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(400));
    await until(async () => (await api.connections()) === 1);
    await allGone();
    expect(await api.serves()).toBe(true);
  });

  it('says what is no HTTP and does not go', async () => {
    const socket = await api.open('hello\r\n\r\n');
    await socket.closed;
    expect(socket.received()).toMatch(/^HTTP\/1\.1 400 /);
    await allGone();
  });

  it('asks for a socket that is not there and does not go: nobody else watches it', async () => {
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    for (const path of ['/elsewhere', '/ws/other', '/v1/bookings']) {
      const socket = await api.open(`GET ${path} HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`);
      await socket.closed;
      expect(socket.received()).toMatch(/^HTTP\/1\.1 404 /);
    }
    await allGone();
  });

  it('sends the header fields of a WebSocket upgrade a byte at a time', async () => {
    const socket = await api.open('GET /ws/media-stream/bk_aaaa.1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n');
    await drip(socket, () => 'X-a: b\r\n');
    expect(socket.received()).toMatch(/^HTTP\/1\.1 (408|431) /);
    await until(async () => (await api.connections()) === 0, 10_000);
  });
});

describe(`${MANY} such connections at once`, () => {
  it('are all cut, and a booking is placed beside them', async () => {
    const sockets = await Promise.all(
      Array.from({ length: MANY }, (_, n) =>
        api.open(
          [
            '',
            'GET / HTTP/1.1\r\nHost:',
            post('/v1/bookings', `Authorization: Bearer ${ALICE}\r\nContent-Length: 9\r\n${JSON_TYPE}`),
          ][n % 3]!,
        ),
      ),
    );
    expect(await api.world.book(ALICE)).toMatch(/^bk_/);
    expect(await api.serves()).toBe(true);
    await Promise.all(sockets.map(({ closed }) => closed));
    await until(async () => (await api.connections()) <= 1, 10_000);
  });

  it('on a stream’s address are the bridge’s to limit: see fuzz-upgrade and fault-stranger', async () => {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/ws/media-stream/bk_aaaa.1`);
    await new Promise<void>((closed) => socket.on('error', () => closed()));
    await until(async () => (await api.connections()) === 0, 10_000);
    expect(HOOK).toBeDefined();
  });
});
