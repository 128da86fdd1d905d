import { afterEach, describe, expect, it } from '@jest/globals';
import type { BridgeDeps } from '../../bridge/context.ts';
import { localMoment } from '../../domain/local-moment.ts';
import { FakePhone } from './support/fake-phone.ts';
import { House } from './support/house.ts';
import { CALL, order } from './support/order.ts';
import { mulawTone } from './support/tone.ts';
import { until } from './support/until.ts';

let house: House;
const open = async (changes: Partial<Omit<BridgeDeps, 'records'>> = {}): Promise<House> => {
  house = await House.open(changes);
  return house;
};
afterEach(() => house.close());

const names = (): string[] => house.reports.map((one) => (one.kind === 'bridge' ? one.event : one.kind));

describe('a stream that is lost', () => {
  it('is resumed with the talk so far, one transcript and one recording', async () => {
    const { agents, bridge } = await open();
    const first = await house.phone();
    const agent = await agents.agent();
    agent.says('Hola, llamo por un turno.');
    agent.understood('¿Para qué día?');
    await until('the turns are stored', async () => (await house.records.turnsOf(CALL)).length === 2);
    first.drop();
    const lost = await house.event('stream_lost');
    expect(lost.transcript?.business_turns).toBe(1);
    await until('the old agent is let go', () => agent.closed === 1000);

    const second = await house.phone('CA1', 'MZ2');
    const other = await agents.agent(1);
    await house.event('stream_started', 1);
    expect(other.messages.map(({ type }) => type)).toEqual([
      'conversation_initiation_client_data',
      'contextual_update',
    ]);
    expect(other.messages[1]?.text).toContain('You: Hola, llamo por un turno.\nBusiness: ¿Para qué día?');
    expect(other.init).not.toHaveProperty('conversation_config_override');
    other.says('El martes.');
    other.audio(mulawTone(700, 160), 1);
    await until('the new stream is heard', () => second.heard.length === 160);
    expect(second.messages[0]?.streamSid).toBe('MZ2');
    second.stop();
    const ended = await house.event('talk_ended');
    expect(ended).toMatchObject({ conversation_id: 'conv_2', transcript: { agent_turns: 2, business_turns: 1 } });
    expect((await house.records.turnsOf(CALL)).map(({ message }) => message)).toEqual([
      'Hola, llamo por un turno.',
      '¿Para qué día?',
      'El martes.',
    ]);
    expect(new Set(house.reports.map(({ id }) => id)).size).toBe(house.reports.length);
    expect(bridge.counters().resumes).toBe(1);
  });

  it('is resumed by another process from the records', async () => {
    const { agents, records } = await open();
    const at = '2026-11-23T12:00:00.000Z';
    await records.addTurn(CALL, { index: 0, at, role: 'agent', message: 'Hola.', at_seconds: 1 });
    await records.addTurn(CALL, { index: 1, at, role: 'business', message: 'Diga.', at_seconds: 2 });
    const phone = await house.phone();
    const agent = await agents.agent();
    expect(agent.of('contextual_update')[0]?.text).toContain('Business: Diga.');
    agent.says('Sigamos.');
    agent.understood('Bueno.');
    await until('the turns are stored', async () => (await records.turnsOf(CALL)).length === 4);
    phone.stop();
    expect((await house.event('talk_ended')).transcript).toMatchObject({
      agent_turns: 2,
      business_turns: 2,
      // All streams are read as one talk, on the day of the business.
      talk: { called_on: localMoment('America/Argentina/Buenos_Aires', Date.now()).date },
    });
  });

  it('greets with an apology where the first message may be overridden', async () => {
    const { agents } = await open({ firstMessageOverride: true });
    const phone = await house.phone();
    (await agents.agent()).understood('Hola');
    await until('the turn is stored', async () => (await house.records.turnsOf(CALL)).length === 1);
    phone.drop();
    await house.event('stream_lost');
    await house.phone('CA1', 'MZ2');
    const { agent } = ((await agents.agent(1)).init as { conversation_config_override: { agent: object } })
      .conversation_config_override;
    expect(agent).toEqual({ first_message: expect.stringContaining('se cortó') });
  });

  it('is taken over by a new stream although the old socket still seems to live', async () => {
    const { agents } = await open();
    const old = await house.phone();
    await house.event('stream_started');
    const fresh = await house.phone('CA1', 'MZ2');
    await house.event('stream_started', 1);
    expect((await old.ended()).reason).toBe('taken_over');
    (await agents.agent(1)).audio(mulawTone(700, 160), 1);
    await until('the new one is heard', () => fresh.heard.length === 160);
    expect(house.bridge.live()).toBe(1);
    expect(names()).toEqual(['stream_started', 'stream_started']);
  });

  it('is not resumed for ever', async () => {
    await open({ limits: { streamsPerCall: 2 } });
    for (const sid of ['MZ1', 'MZ2']) {
      const phone = await house.phone('CA1', sid);
      await until('the stream is joined', () => house.events('stream_started').some(({ id }) => id.endsWith(sid)));
      phone.drop();
    }
    await house.event('stream_lost', 1);
    expect((await (await house.phone('CA1', 'MZ3')).ended()).reason).toBe('too_many_streams');
  });

  it('that nobody resumes ends the talk after a while', async () => {
    await open({ limits: { resumeMs: 40 } });
    const phone = await house.phone();
    await house.event('stream_started');
    phone.drop();
    await house.event('talk_ended');
    expect(names()).toEqual(['stream_started', 'stream_lost', 'talk_ended']);
  });
});

describe('when the process ends', () => {
  it('new streams are refused, live ones may finish', async () => {
    const { bridge } = await open();
    const phone = await house.phone();
    await house.event('stream_started');
    const closed = bridge.close(60_000);
    const late = new FakePhone(house.url());
    await until('the refusal', () => late.refused === 503);
    phone.stop();
    await closed;
    expect(names()).toEqual(['stream_started', 'talk_ended']);
  });

  it('those that do not finish are handed over', async () => {
    const { bridge, agents } = await open();
    const phone = await house.phone();
    (await agents.agent()).understood('Hola');
    await house.event('stream_started');
    await bridge.close(20);
    expect((await phone.ended()).code).toBe(1001);
    expect(names()).toEqual(['stream_started', 'stream_lost']);
    expect(await house.records.recording(order().id)).toBeDefined();
  });
});
