import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fastClock } from './support/fast-clock.ts';
import { House } from './support/house.ts';
import { CALL } from './support/order.ts';
import { type RawFrame, RawPeer, rawFrame, rawStart } from './support/raw-peer.ts';
import { until } from './support/until.ts';
import { Witness } from './support/witness.ts';

let house: House;
let witness: Witness;

beforeAll(async () => {
  const limits = { startMs: 5000, resumeMs: 1e9, heartbeatMs: 1e6, waitingStreams: 60, streamsPerCall: 1e6 };
  house = await House.open({ clock: fastClock(25), limits });
  witness = await Witness.join(house);
});
afterAll(async () => {
  await house.close();
});

type Step = Buffer | 'end' | 'destroy' | 'pause';

const text = (payload: string): Buffer => rawFrame({ payload });
const json = (value: unknown): Buffer => text(JSON.stringify(value) ?? '');
const odd = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e308, '', '\u0000', '💣'.repeat(30), '\ud800', [], {}, [[]], 'x'.repeat(200)),
  fc.jsonValue({ maxDepth: 2 }),
);
const bytes = (most: number) => fc.uint8Array({ maxLength: most }).map((array) => Buffer.from(array));
const STOP = json({ event: 'stop' });
const deep = (levels: number): string => `{"event":${'['.repeat(levels)}${']'.repeat(levels)}}`;

/** Frames that are wrong, or right and pointless; none is a good start. */
const frame: fc.Arbitrary<RawFrame> = fc.record(
  {
    opcode: fc.integer({ min: 0, max: 15 }),
    final: fc.boolean(),
    reserved: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 7 })),
    masked: fc.boolean(),
    payload: bytes(200),
    claims: fc.oneof(fc.nat(400), fc.constantFrom(125, 126, 65_535, 65_536, 65_537, 2 ** 31, 2 ** 32 - 1)),
  },
  { requiredKeys: ['opcode', 'payload'] },
);
const sentence: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: frame.map(rawFrame) },
  bytes(60),
  fc.nat(30).map((n) => rawFrame({ payload: '{"event":"connected"}' }).subarray(0, n)),
  odd.map((value) => json(rawStart(value))),
  odd.map((value) => json(rawStart('wrong', { streamSid: value }))),
  odd.map((value) => json(rawStart('wrong', { start: value }))),
  odd.map((value) => json(rawStart('wrong', {}, { callSid: value }))),
  odd.map((value) => json(rawStart('wrong', {}, { customParameters: value }))),
  odd.map((value) => json(rawStart('wrong', {}, { mediaFormat: value }))),
  odd.map((value) => json({ event: value })),
  odd.map((value) => json({ event: 'media', media: value })),
  fc.constantFrom(
    json({ event: 'connected' }),
    json({ event: 'media', media: { payload: 'AAAA' } }),
    STOP,
    text(deep(20_000)),
    text('{"event":"start","event":"connected"}'),
    text(`{"__proto__":{"event":"start"},"event":"connected"}`),
    text('x'.repeat(65_536)),
    text('x'.repeat(65_537)),
    rawFrame({ payload: Buffer.from([0xc0, 0xaf, 0xff]) }),
    rawFrame({ opcode: 8, payload: Buffer.from([3]) }),
    rawFrame({ opcode: 8, payload: Buffer.from([0xff, 0xff]) }),
    rawFrame({ opcode: 8, payload: Buffer.from([3, 0xe8, 0xff, 0xfe]) }),
    rawFrame({ opcode: 9, payload: 'p'.repeat(125) }),
    rawFrame({ opcode: 9, payload: 'p'.repeat(126) }),
    rawFrame({ opcode: 9, final: false }),
    rawFrame({ opcode: 1, final: false, payload: '{"event":"sta' }),
    rawFrame({ opcode: 0, final: true, payload: 'rt"}' }),
  ),
  fc.constantFrom<Step>('end', 'destroy', 'pause'),
);

const act = (peer: RawPeer, step: Step): void => {
  if (step === 'end') peer.socket.end();
  else if (step === 'destroy') peer.destroy();
  else if (step === 'pause') peer.socket.pause();
  else peer.write(step);
};
/** A peer that was told to stop reading learns of its end only when it reads again. */
const allClosed = async (peers: RawPeer[]): Promise<void> => {
  await until('all strangers are closed by the bridge', () => {
    for (const peer of peers) if (peer.socket.isPaused()) peer.socket.resume();
    return peers.every(({ closed }) => closed);
  });
};

describe('a stranger on an upgraded socket', () => {
  it('is closed in bounded time whatever it sends, harms nothing, and leaves no trace', async () => {
    const talk = fc.array(sentence, { maxLength: 6 });
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(talk, { minLength: 10, maxLength: 20 }), async (talks) => {
        const agents = house.agents.agents.length;
        const peers = await Promise.all(talks.map(() => RawPeer.upgraded(house.url())));
        talks.forEach((steps, i) => {
          for (const step of steps) act(peers[i]!, step);
        });
        await allClosed(peers);
        await witness.check();
        expect(house.agents.agents).toHaveLength(agents);
        expect(house.bridge.live()).toBe(1);
        if (++n % 8 === 0) witness = await Witness.join(house);
      }),
      { numRuns: 30 },
    );
    expect(n).toBeGreaterThan(0);
  });

  it('with a token that is not its own uses up none, in whatever order it tries', async () => {
    const tries = fc.array(fc.constantFrom('wrong', 'other sid', 'other call', 'late', 'replayed'), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(tries, async (kinds) => {
        const genuine = await house.token();
        const used = await house.token();
        witness = await Witness.join(house); // A newer token than both: they are good for nothing now.
        const late = await house.token('CA1', CALL, Date.now() - 1);
        const foreign = await house.token('CA1', 'bk_bridge01.2');
        const fresh = await house.token();
        const tokens = {
          wrong: () => rawStart(randomBytes(16).toString('hex')),
          'other sid': () => rawStart(fresh, {}, { callSid: 'CA2' }),
          'other call': () => rawStart(foreign),
          late: () => rawStart(late),
          replayed: () => rawStart(kinds.length % 2 ? used : genuine),
        };
        const peers = await Promise.all(kinds.map(() => RawPeer.upgraded(house.url())));
        kinds.forEach((kind, i) => {
          peers[i]!.json(tokens[kind]());
          peers[i]!.json({ event: 'media', media: { payload: 'AAAA' } });
        });
        await allClosed(peers);
        await witness.check();
        const before = house.bridge.counters().streams_started;
        const taker = await RawPeer.upgraded(house.url());
        taker.json(rawStart(fresh));
        await until('the token is still good', () => house.bridge.counters().streams_started === before + 1);
        taker.destroy();
        await until('its stream is gone', () => house.bridge.live() === 0);
      }),
      { numRuns: 12 },
    );
    witness = await Witness.join(house);
  });
});

describe('a stream whose token was good', () => {
  it('may break every rule afterwards: it ends, or goes on, and the next stream takes over', async () => {
    // What the phone network says at the end of a call, and only it, ends the talk for good.
    const talk = fc.array(
      sentence.filter((step) => step !== STOP),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(talk, async (steps) => {
        const peer = await RawPeer.upgraded(house.url());
        peer.json(rawStart(await house.token()));
        for (const step of steps) act(peer, step);
        witness = await Witness.join(house);
        await witness.check();
        await allClosed([peer]);
        expect(house.bridge.live()).toBe(1);
      }),
      { numRuns: 60 },
    );
  });
});
