import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { BridgeDeps } from '../../bridge/context.ts';
import { FakePhone } from './support/fake-phone.ts';
import { House } from './support/house.ts';
import { CALL } from './support/order.ts';
import { mulawTone } from './support/tone.ts';
import { until } from './support/until.ts';

let house: House;
const open = async (changes: Partial<Omit<BridgeDeps, 'records'>> = {}): Promise<House> => {
  house = await House.open(changes);
  return house;
};
afterEach(() => house.close());

const refusal = async (phone: FakePhone): Promise<number> => {
  await until('the refusal', () => phone.refused);
  return phone.refused!;
};

/** Nothing may have come of a stranger: no agent, no event. */
const expectNoHarm = (): void => {
  expect(house.agents.agents).toHaveLength(0);
  expect(house.reports).toHaveLength(0);
  expect(house.bridge.live()).toBe(0);
};

describe('the upgrade', () => {
  it.each([
    ['a call that nobody placed', 'bk_unknown99.1'],
    ['something that is no call id', 'hello'],
    ['a call id that is not even encoded right', '%E0%A4%A'],
  ])('is refused for %s', async (_, callId) => {
    await open();
    expect(await refusal(new FakePhone(house.url(callId)))).toBe(404);
    expectNoHarm();
  });

  it('is refused without a signature where one is required, and only there', async () => {
    const verify = (): { ok: boolean } => ({ ok: false });
    await open({ signature: { mode: 'require', verify } });
    expect(await refusal(new FakePhone(house.url()))).toBe(403);
    expectNoHarm();
  });

  it('passes with a signature that is required', async () => {
    await open({ signature: { mode: 'require', verify: ({ url }) => ({ ok: url?.endsWith(CALL) ?? false }) } });
    await house.phone();
    await house.event('stream_started');
  });

  it('is refused with 503 when the records cannot be asked', async () => {
    await open();
    await house.records.close();
    expect(await refusal(new FakePhone(house.url()))).toBe(503);
  });

  it('is bounded in the number of streams that have not proved themselves', async () => {
    await open({ limits: { waitingStreams: 2 } });
    for (let i = 0; i < 2; i++) await new FakePhone(house.url()).open();
    expect(await refusal(new FakePhone(house.url()))).toBe(503);
    expectNoHarm();
  });

  it('survives a peer that hangs up in the middle of it, or speaks no HTTP', async () => {
    await open();
    const port = Number(new URL(house.url()).port);
    for (const bytes of [
      'GET /ws/media-stream/bk_bridge01.1 HTTP/1.1\r\nUpgrade: webs',
      '\x00\xff\x16\x03\x01 hello',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.destroy()));
        socket.on('close', () => resolve());
        socket.on('error', () => {});
      });
    }
    await house.phone();
    await house.event('stream_started');
  });
});

describe('the token', () => {
  it('is taken once: the same one again closes the socket and leaves the talk alone', async () => {
    await open();
    const token = await house.token();
    const phone = await FakePhone.start(house.url(), token);
    await house.event('stream_started');
    const thief = await FakePhone.start(house.url(), token, 'CA1', 'MZ2');
    expect(await thief.ended()).toEqual({ code: 1008, reason: 'token refused' });
    const agent = await house.agents.agent();
    phone.speak(mulawTone(400, 160));
    await until('the talk goes on', () => agent.heard.length === 160);
    expect(house.agents.agents).toHaveLength(1);
    expect(house.reports.map(({ kind }) => kind)).toEqual(['bridge']);
  });

  it.each([
    ['a wrong one', async () => FakePhone.start(house.url(), 'wrong')],
    ['one issued for another CallSid', async () => FakePhone.start(house.url(), await house.token('CA2'), 'CA1')],
    ['one that is too late', async () => FakePhone.start(house.url(), await house.token('CA1', CALL, Date.now() - 1))],
    [
      'one issued for another attempt',
      async () => FakePhone.start(house.url(), await house.token('CA1', 'bk_bridge01.2')),
    ],
  ])('refuses %s', async (_, stranger) => {
    await open();
    const phone = await stranger();
    expect(await phone.ended()).toEqual({ code: 1008, reason: 'token refused' });
    expectNoHarm();
    expect(house.bridge.counters().streams_refused).toEqual({ 'token refused': 1 });
  });

  it('of a call is not used up by a stranger who guesses', async () => {
    await open();
    const token = await house.token();
    await (await FakePhone.start(house.url(), token, 'CA-other')).ended();
    await FakePhone.start(house.url(), token);
    await house.event('stream_started');
  });
});

describe('before its token is believed, a stream', () => {
  it.each<[string, number, (phone: FakePhone) => void]>([
    ['that says nothing', 1008, () => {}],
    ['that only connects', 1008, (phone) => phone.send({ event: 'connected' })],
    ['that sends audio', 1008, (phone) => phone.speak(mulawTone(400, 160))],
    ['that sends binary', 1003, (phone) => phone.send(Buffer.alloc(100))],
    ['that sends no JSON', 1008, (phone) => phone.send('{"event":"sta')],
    ['that sends a list', 1008, (phone) => phone.send('[]')],
    ['that sends null', 1008, (phone) => phone.send('null')],
    ['that starts without a token', 1008, (phone) => phone.begin({})],
    ['that starts with an empty token', 1008, (phone) => phone.begin({ token: '' })],
    ['that starts without a start', 1008, (phone) => phone.send({ event: 'start', start: 7 })],
    ['that starts with other audio', 1008, (phone) => phone.begin({ token: 't' }, { sampleRate: 16_000 })],
    ['that sends a huge message', 1009, (phone) => phone.send('x'.repeat(65 * 1024))],
    ['that sends a stop', 1008, (phone) => phone.stop()],
  ])('%s is closed and harms nothing', async (_, code, act) => {
    await open({ limits: { startMs: 60 } });
    const phone = new FakePhone(house.url());
    await phone.open();
    act(phone);
    expect((await phone.ended()).code).toBe(code);
    expectNoHarm();
  });

  it('may send audio while its token is looked up: none of it is lost', async () => {
    await open();
    const token = await house.token();
    const phone = new FakePhone(house.url());
    await phone.open();
    phone.begin({ token });
    phone.speak(mulawTone(400, 1600));
    const agent = await house.agents.agent();
    await until('all of it was heard', () => agent.heard.length === 1600);
  });
});

describe('on an open stream', () => {
  it.each<[string, unknown]>([
    ['half a message', '{"event":"media","media":{"payl'],
    ['media without a payload', { event: 'media', media: {} }],
    ['media that is null', { event: 'media', media: null }],
    ['a payload that is no base64', { event: 'media', media: { payload: '","x":"' } }],
    ['a payload that is a number', { event: 'media', media: { payload: 5 } }],
    ['an empty payload', { event: 'media', media: { payload: '' } }],
    ['a mark without a name', { event: 'mark', mark: {} }],
    ['a key that does not exist', { event: 'dtmf', dtmf: { digit: 'x; drop' } }],
    ['a message without an event', {}],
    ['a message of a new kind', { event: 'sparkle', sparkle: {} }],
  ])('%s changes nothing', async (_, message) => {
    await open();
    const phone = await house.phone();
    const agent = await house.agents.agent();
    await house.event('stream_started');
    phone.send(message as object | string);
    phone.speak(mulawTone(400, 160));
    await until('the talk goes on', () => agent.heard.length === 160);
    expect(phone.closed).toBeUndefined();
    expect(agent.messages).toHaveLength(2);
  });

  it.each<[string, number, (phone: FakePhone) => void]>([
    ['binary', 1003, (phone) => phone.send(Buffer.alloc(10))],
    ['a huge message', 1009, (phone) => phone.send('x'.repeat(70_000))],
    ['a second start', 1008, (phone) => phone.begin({ token: 'again' })],
    [
      'nothing but garbage',
      1008,
      (phone) => {
        for (let i = 0; i < 60; i++) phone.send('}');
      },
    ],
  ])('%s ends it as lost, and the process goes on', async (_, code, act) => {
    await open();
    const phone = await house.phone();
    await house.event('stream_started');
    act(phone);
    expect((await phone.ended()).code).toBe(code);
    await house.event('stream_lost');
    const agent = await house.agents.agent();
    await until("the agent's socket is closed", () => agent.closed);
    expect(house.bridge.live()).toBe(0);
  });
});
