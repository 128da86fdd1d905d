import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../bridge/limits.ts';
import { conversationInit } from '../../providers/elevenlabs/initiation.ts';
import { fastClock } from './support/fast-clock.ts';
import { House } from './support/house.ts';
import { type RawAgent, RawAgents } from './support/raw-agents.ts';
import { RawPeer, rawFrame, rawStart } from './support/raw-peer.ts';
import { SocketTap } from './support/socket-tap.ts';
import { until } from './support/until.ts';

let raw: RawAgents;
let house: House;
let tap: SocketTap;
let phone: RawPeer;
let agent: RawAgent;

/** Nothing but the bridge's two sockets is tapped: the one it accepted, or the one it opened. */
const open = async (side: 'accepted' | 'opened', frameBatching: 'on' | 'off' = 'off', speed = 1): Promise<void> => {
  const agents = { signedUrl: async () => raw.url, conversationInit };
  const limits = { playoutAheadMs: 1e12, frameBatching, framesPerHeartbeat: 1e9 };
  house = await House.open({ agents, limits, recording: false, clock: fastClock(speed) });
  tap = new SocketTap(side);
  phone = await RawPeer.upgraded(house.url());
  phone.json(rawStart(await house.token()));
  await house.event('stream_started');
  agent = raw.agents[0]!;
  const port = side === 'opened' ? Number(new URL(raw.url).port) : phone.socket.localPort;
  tap.sockets.splice(0, tap.sockets.length, ...tap.sockets.filter((one) => one.remotePort === port));
  expect(tap.sockets).toHaveLength(1);
};
/** Writes `bytes` again and again until `enough`; the most that waited in the bridge meanwhile. */
const pour = async ({ socket }: { socket: Duplex }, bytes: Buffer, enough: () => boolean, most = 4000) => {
  let peak = 0;
  for (let i = 0; i < most && !enough(); i++) {
    if (!socket.write(bytes)) await Promise.race([new Promise((next) => socket.once('drain', next)), tick(20)]);
    await tick(0);
    peak = Math.max(peak, tap.waiting);
  }
  return peak;
};
const tick = (ms: number): Promise<void> =>
  new Promise((resolve) => (ms === 0 ? setImmediate(resolve) : setTimeout(resolve, ms)));
const fromAgent = (bytes: Buffer, enough: () => boolean, most?: number) => pour(agent, bytes, enough, most);
const fromPhone = (bytes: Buffer, enough: () => boolean, most?: number) => pour(phone, bytes, enough, most);

const agentFrame = (message: unknown): Buffer => rawFrame({ masked: false, payload: JSON.stringify(message) });
const many = (frame: Buffer, n: number): Buffer => Buffer.concat(Array.from({ length: n }, () => frame));

beforeEach(async () => {
  raw = await RawAgents.start();
});
afterEach(async () => {
  phone.destroy();
  tap.stop();
  await house.close();
  await raw.stop();
});

describe.each(['off', 'on'] as const)('with frameBatching %s', (frameBatching) => {
  it('an agent that does not read is given no more than its limit, the rest is dropped and counted', async () => {
    await open('opened', frameBatching);
    agent.socket.pause();
    const payload = Buffer.alloc(30_000, 0x55).toString('base64');
    const { dropped } = house.bridge.counters();
    const peak = await fromPhone(
      rawFrame({ payload: `{"event":"media","media":{"payload":"${payload}"}}` }),
      () => dropped.agent_slow > 50,
    );
    expect(dropped.agent_slow).toBeGreaterThan(50);
    expect(peak).toBeLessThan(DEFAULT_LIMITS.agentBufferBytes + 64 * 1024);
    agent.socket.resume();
    await until('what waited is taken', () => tap.waiting === 0);
    expect(house.bridge.live()).toBe(1);
  });

  it('a phone that does not read is given no more than its limit, the rest is dropped and counted', async () => {
    await open('accepted', frameBatching);
    phone.socket.pause();
    const event = { audio_base_64: Buffer.alloc(60_000, 0x55).toString('base64'), event_id: 1 };
    const { dropped } = house.bridge.counters();
    const peak = await fromAgent(agentFrame({ type: 'audio', audio_event: event }), () => dropped.twilio_slow > 50);
    expect(dropped.twilio_slow).toBeGreaterThan(50);
    expect(peak).toBeLessThan(DEFAULT_LIMITS.twilioBufferBytes + 90_000);
    phone.socket.resume();
    await until('what waited is taken', () => tap.waiting === 0);
    expect(house.bridge.live()).toBe(1);
  });
});

describe('what is not audio', () => {
  // Was a bug: only audio asks how much waits. Each interruption writes a `clear`, each ping of the agent a pong, each tool call
  // an answer, each key a context, whatever the peer takes: until the next heartbeat (10 s, and 10,000 messages later)
  // memory grows as fast as the other side sends. Fix: end the peer (`agent_flood`, or as `half-open`) in `#send`,
  // `mark` and `clear` when more than the limit waits, and look at `framesPerHeartbeat` in `#message`, not only at heartbeats.
  it('interruptions do not pile up for a phone that does not read', async () => {
    await open('accepted');
    phone.socket.pause();
    const storm = many(agentFrame({ type: 'interruption', interruption_event: { event_id: 1 } }), 2000);
    expect(await fromAgent(storm, () => tap.waiting > 4e6 || agent.closed, 150)).toBeLessThan(1e6);
  });

  it.each([
    ['pongs', { type: 'ping', ping_event: { event_id: 1 } }],
    [
      'answers',
      {
        type: 'client_tool_call',
        client_tool_call: { tool_name: 'x'.repeat(80), tool_call_id: 'i'.repeat(300), parameters: {} },
      },
    ],
  ])('%s do not pile up for an agent that asks and does not read', async (_, message) => {
    await open('opened');
    agent.socket.pause();
    expect(await fromAgent(many(agentFrame(message), 1000), () => tap.waiting > 4e6 || agent.closed, 300)).toBeLessThan(
      1e6,
    );
  });

  it('keys do not pile up for an agent that does not read', async () => {
    await open('opened');
    agent.socket.pause();
    const keys = many(rawFrame({ payload: '{"event":"dtmf","dtmf":{"digit":"1"}}' }), 1000);
    expect(await fromPhone(keys, () => tap.waiting > 4e6 || phone.closed, 150)).toBeLessThan(1e6);
  });
});

describe('a peer that is half gone', () => {
  it('a phone that answers no ping is ended within four rounds, although the agent speaks on', async () => {
    await open('accepted', 'off', 100);
    const began = performance.now();
    await house.event('stream_lost');
    expect(performance.now() - began).toBeLessThan((5 * DEFAULT_LIMITS.heartbeatMs) / 100 + 500);
    await until('both sides are closed', () => agent.closed && phone.closed);
  });

  it('a phone that has ended its half of the connection is lost at once', async () => {
    await open('accepted');
    phone.socket.end();
    await house.event('stream_lost');
    await until('the agent is let go', () => agent.closed);
  });
});
