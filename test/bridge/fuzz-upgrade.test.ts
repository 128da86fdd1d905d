import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fastClock } from './support/fast-clock.ts';
import { House } from './support/house.ts';
import { CALL } from './support/order.ts';
import { RawPeer, upgradeRequest } from './support/raw-peer.ts';
import { until } from './support/until.ts';
import { Witness } from './support/witness.ts';

const PATH = `/ws/media-stream/${CALL}`;
let house: House;
let witness: Witness;

beforeAll(async () => {
  house = await House.open({
    clock: fastClock(20),
    limits: { startMs: 4000, resumeMs: 1e9, heartbeatMs: 1e6, waitingStreams: 1000 },
  });
  witness = await Witness.join(house);
});
afterEach(async () => {
  await witness.check();
  expect(house.agents.agents).toHaveLength(1);
  expect(house.bridge.live()).toBe(1);
});
afterAll(async () => {
  await house.close();
});

const junk = fc.string({ unit: 'binary-ascii', maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, ''));
const path = fc.oneof(
  fc.constant(PATH),
  fc.webPath(),
  junk.map((text) => `/ws/media-stream/${encodeURIComponent(text)}`),
  fc.constantFrom(
    '*',
    '//ws/media-stream/bk_bridge01.1',
    '/ws/media-stream/',
    '/ws/media-stream/%00',
    '/ws/media-stream/%E0%A4%A',
    '/ws/media-stream/%2e%2e%2fbk_bridge01.1',
    '/ws/media-stream/bk_bridge01.1%00',
    '/ws/media-stream/bk_bridge01.1/x',
    '/ws/media-stream/bk_bridge01.1\u0130',
    '/ws/media-stream/bk_bridge01.01',
    '/ws/media-stream/bk_bridge01.99999',
    '/ws/media-stream/__proto__',
    '/ws/media-stream/bk_bridge01.1?token=stolen',
    `/ws/media-stream/${'%25'.repeat(2000)}`,
    `http://evil.example${PATH}`,
  ),
);
const header = (...values: string[]) => fc.option(fc.oneof(fc.constantFrom(...values), junk), { nil: undefined });
const headers = fc.record(
  {
    'Sec-WebSocket-Key': header('', 'short', `${'A'.repeat(22)}==`, 'A'.repeat(5000)),
    'Sec-WebSocket-Version': header('13', '8', '7', '-1', '1e1', 'NaN', '99999999999999999999'),
    Upgrade: header('websocket', 'WebSocket', 'h2c', 'websocket, h2c'),
    Connection: header('Upgrade', 'close', 'keep-alive, Upgrade'),
    'Sec-WebSocket-Extensions': header('permessage-deflate', 'permessage-deflate; server_max_window_bits=0', ';;;'),
    'Sec-WebSocket-Protocol': header('a', 'a,a', ',', 'x'.repeat(3000)),
    'X-Twilio-Signature': header('AAAA', ''),
    'Transfer-Encoding': header('chunked'),
    'Content-Length': header('5', '-5', '5, 6'),
    'X-Huge': header('y'.repeat(10_000), 'y'.repeat(20_000)),
  },
  { requiredKeys: [] },
);
const request = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'OPTIONS', 'CONNECT', 'BREW'),
  path,
  headers,
  /** Sent right behind the request, before any answer. */
  more: fc.oneof(fc.constant(''), junk, fc.constant(upgradeRequest(PATH)), fc.constant('\x81\xfe\xff\xff')),
  /** How much of it is sent at all. */
  part: fc.oneof(fc.constant(1), fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  ending: fc.constantFrom('wait', 'wait', 'end', 'destroy'),
});

it('no upgrade, however broken, opens anything, stays open or harms the talk of the call', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 10, maxLength: 25 }), async (requests) => {
      const peers: RawPeer[] = [];
      for (const { method, path, headers, more, part, ending } of requests) {
        const peer = await RawPeer.connect(house.url());
        peers.push(peer);
        const whole = Buffer.from(upgradeRequest(path, { method, headers }) + more, 'latin1');
        const sent = whole.subarray(0, Math.ceil(whole.length * part));
        peer.write(sent);
        if (ending === 'end') peer.socket.end();
        if (ending === 'destroy') peer.destroy();
        // What is no upgrade yet, or never becomes one, is the HTTP server's to wait for, with time limits of its own.
        const asksForUpgrade = /\r\nConnection: .*Upgrade[\s\S]*\r\nUpgrade: \S/.test(sent.toString('latin1'));
        const hasBody = /\r\n(Content-Length|Transfer-Encoding)/.test(sent.toString('latin1'));
        if (part < 1 || hasBody || !asksForUpgrade) peer.socket.end();
      }
      await until('all of them are closed', () => peers.every(({ closed }) => closed));
      await witness.check();
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

it('an upgrade with a key, a version or a method that is none is answered, not opened', async () => {
  for (const [status, changes] of [
    [400, { headers: { 'Sec-WebSocket-Key': undefined } }],
    [400, { headers: { 'Sec-WebSocket-Key': 'short' } }],
    [400, { headers: { 'Sec-WebSocket-Version': '12' } }],
    [400, { headers: { Upgrade: 'h2c' } }],
    [405, { method: 'POST', headers: { 'Content-Length': '0' } }],
  ] as const) {
    const peer = await RawPeer.connect(house.url());
    peer.write(upgradeRequest(PATH, changes));
    await until('it is closed', () => peer.closed);
    expect([changes, peer.status]).toEqual([changes, status]);
  }
});
