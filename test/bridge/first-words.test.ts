import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SILENCE } from '../../bridge/codec/mulaw.ts';
import { sinceAnswer } from '../../bridge/first-words.ts';
import type { FakeAgent } from './support/fake-agent.ts';
import { FakePhone } from './support/fake-phone.ts';
import { HandClock } from './support/hand-clock.ts';
import { House } from './support/house.ts';
import { mulawTone } from './support/tone.ts';
import { until } from './support/until.ts';

const VOICE = mulawTone(700, 1_600);
const HELLO = mulawTone(400, 4_000);
const QUIET = Buffer.alloc(3_200, SILENCE);

let house: House;
let clock: HandClock;
let measured: number[];

async function open(firstWords: 'agent' | 'callee'): Promise<void> {
  house = await House.open({ firstWords, clock, limits: { frameBatching: 'off' } });
  house.bridge.counters().onFirstWords = (ms) => measured.push(ms);
}
beforeEach(() => {
  clock = new HandClock();
  measured = [];
});
afterEach(() => house.close());

/** A stream of a call that was answered so many ms ago, joined to its agent. */
async function joined(answeredMs?: number): Promise<{ phone: FakePhone; agent: FakeAgent }> {
  const phone = new FakePhone(house.url());
  await phone.open();
  const answered: Record<string, string> =
    answeredMs === undefined ? {} : { answered: String(clock.date().getTime() - answeredMs) };
  phone.send({ event: 'connected', protocol: 'Call', version: '1.0.0' });
  phone.begin({ token: await house.token(), ...answered });
  const agent = await house.agents.agent();
  await house.event('stream_started');
  return { phone, agent };
}

/** Waits until the bridge has taken everything that the agent sent before. */
async function taken(agent: FakeAgent): Promise<void> {
  const pongs = agent.of('pong').length;
  agent.send({ type: 'ping', ping_event: { event_id: 1_000 + pongs, ping_ms: 20 } });
  await until('a pong', () => agent.of('pong').length > pongs);
}
const heard = (phone: FakePhone): Promise<void> =>
  until('the agent is heard', () => phone.heard.length >= VOICE.length);

describe('the first words of a call', () => {
  it('come at once, and are measured from the answer', async () => {
    await open('agent');
    const { phone, agent } = await joined(300);
    clock.move(700);
    agent.audio(VOICE, 1);
    await heard(phone);
    clock.move(2_000);
    agent.audio(VOICE, 2);
    await until('more is heard', () => phone.heard.length >= 2 * VOICE.length);
    expect(measured).toEqual([1_000]);
  });

  it('are measured from the stream’s beginning when the answer’s time is unknown or cannot be', async () => {
    await open('agent');
    const { phone, agent } = await joined();
    clock.move(450);
    agent.audio(VOICE, 1);
    await heard(phone);
    expect(measured).toEqual([450]);
    const now = new Date(1_000_000);
    expect([undefined, 1_000_300, 900_000].map((at) => sinceAnswer(at, now))).toEqual([0, 0, 0]);
    expect(sinceAnswer(999_600, now)).toBe(400);
  });

  it('are no words of a later stream of the call', async () => {
    await open('callee');
    const { phone, agent } = await joined();
    clock.move(1_500);
    agent.audio(VOICE, 1);
    await heard(phone);
    phone.drop();
    await house.event('stream_lost');
    const again = await house.phone('CA1', 'MZ2');
    await until('another agent', () => house.agents.agents.length === 2);
    await house.event('stream_started', 1);
    house.agents.agents[1]!.audio(VOICE, 1);
    await heard(again);
    expect(measured).toEqual([1_500]);
  });
});

describe('a callee that may say hello first', () => {
  beforeEach(() => open('callee'));

  it('hears the agent when it has said it', async () => {
    const { phone, agent } = await joined(200);
    agent.says('Hola, soy un asistente.');
    agent.audio(VOICE, 1);
    await taken(agent);
    clock.move(400);
    phone.speak(HELLO);
    await until('the agent heard the hello', () => agent.heard.length >= HELLO.length);
    expect(phone.heard).toHaveLength(0);
    clock.move(500);
    phone.speak(QUIET);
    await heard(phone);
    expect(phone.heard.equals(VOICE)).toBe(true);
    expect(measured).toEqual([1_100]);
  });

  it('hears it 1.5 s after the answer when it says nothing', async () => {
    const { phone, agent } = await joined(200);
    agent.audio(VOICE, 1);
    await taken(agent);
    clock.move(1_299);
    await taken(agent);
    expect(phone.heard).toHaveLength(0);
    clock.move(1);
    await heard(phone);
    expect(measured).toEqual([1_500]);
  });

  it('hears everything in order, also what came while it waited', async () => {
    const { phone, agent } = await joined();
    const more = mulawTone(900, 1_600);
    agent.audio(VOICE, 1);
    agent.audio(more, 1);
    await taken(agent);
    clock.move(1_500);
    await until('both are heard', () => phone.heard.length >= 3_200);
    expect(phone.heard.equals(Buffer.concat([VOICE, more]))).toBe(true);
  });

  it('hears nothing of words that it has interrupted meanwhile', async () => {
    const { phone, agent } = await joined();
    agent.says('Hola, soy un asistente.');
    agent.audio(mulawTone(900, 1_600), 1);
    agent.interrupts(1);
    agent.audio(VOICE, 2);
    await heard(phone);
    expect(phone.heard.equals(VOICE)).toBe(true);
  });

  it('hears the words of an agent that has hung up before the goodbye', async () => {
    const { phone, agent } = await joined();
    agent.audio(VOICE, 1);
    await taken(agent);
    agent.close();
    await heard(phone);
    await until('the call is hung up', () => house.hungUp.length === 1);
  });
});
