import { afterEach, describe, expect, it } from '@jest/globals';
import type { BridgeDeps } from '../../bridge/context.ts';
import { House } from './support/house.ts';
import { BOOKING, CALL, order } from './support/order.ts';
import { mulawSamples, mulawTone, pcmBytes, pcmSamples, pitch, sine } from './support/tone.ts';
import { until } from './support/until.ts';
import { readWav } from './support/wav.ts';

let house: House;
const open = async (changes: Partial<Omit<BridgeDeps, 'records'>> = {}): Promise<House> => {
  house = await House.open(changes);
  return house;
};
afterEach(() => house.close());

describe('a conversation over the bridge', () => {
  it('passes mu-law through both ways, byte for byte', async () => {
    const { agents } = await open();
    const phone = await house.phone();
    const agent = await agents.agent();
    const callee = mulawTone(400, 8000);
    const voice = mulawTone(700, 8000);
    await house.event('stream_started');
    phone.speak(callee);
    agent.audio(voice, 1);
    await until('the agent heard all', () => agent.heard.length >= callee.length);
    await until('the callee heard all', () => phone.heard.length >= voice.length);
    expect(agent.heard.equals(callee)).toBe(true);
    expect(phone.heard.equals(voice)).toBe(true);
  });

  it.each([
    ['pcm_16000', 16_000],
    ['pcm_44100', 44_100],
    ['pcm_8000', 8000],
  ])('converts for an agent that speaks %s', async (format, rate) => {
    const { agents } = await open();
    agents.onInit = (agent) => agent.metadata(format);
    const phone = await house.phone();
    const agent = await agents.agent();
    await house.event('stream_started');
    phone.speak(mulawTone(400, 8000));
    const voice = pcmBytes(sine(700, rate, rate));
    // Cut at odd places, also inside a sample.
    for (let at = 0; at < voice.length; at += 3333) agent.audio(voice.subarray(at, at + 3333), 1);
    await until('the agent heard a second', () => agent.heard.length >= rate * 2 * 0.98);
    await until('the callee heard a second', () => phone.heard.length >= 8000 * 0.98);
    const heardByAgent = pitch(pcmSamples(agent.heard).slice(rate / 4, (rate * 3) / 4), rate);
    expect(heardByAgent.hz).toBe(400);
    expect(heardByAgent.purity).toBeGreaterThan(0.99);
    const heardByCallee = pitch(mulawSamples(phone.heard).slice(2000, 6000), 8000);
    expect(heardByCallee.hz).toBe(700);
    expect(heardByCallee.purity).toBeGreaterThan(0.99);
  });

  it('ends a call whose agent announces a format that cannot be converted', async () => {
    const { agents } = await open();
    agents.onInit = (agent) => agent.metadata('opus_48000');
    const phone = await house.phone();
    expect((await house.event('agent_failed')).problem?.code).toBe('unsupported_audio_format');
    expect((await phone.ended()).reason).toBe('agent_failed');
    expect(house.hungUp).toEqual([]);
  });

  it('keeps what the callee says before the agent is ready, within its bound', async () => {
    const { agents, bridge } = await open({ limits: { earlyAudioMs: 200 } });
    agents.onInit = () => {};
    const phone = await house.phone();
    const agent = await agents.agent();
    phone.speak(mulawTone(400, 160 * 30));
    await until('old audio was dropped', () => bridge.counters().dropped.agent_not_ready === 20);
    agent.metadata();
    await until('the rest was heard', () => agent.heard.length === 1600);
    expect(agent.heard.equals(mulawTone(400, 160 * 30).subarray(-1600))).toBe(true);
  });

  it('starts the agent with the init message, and with nothing before it', async () => {
    const { agents } = await open();
    await house.phone();
    const agent = await agents.agent();
    expect(agent.agentId).toBe('agent_vocero');
    expect(agent.messages[0]).toMatchObject({
      type: 'conversation_initiation_client_data',
      user_id: BOOKING,
      dynamic_variables: { booking_id: BOOKING, call_id: CALL, user_name: 'Mauro', preferred_date: '' },
    });
  });

  it('answers pings with the same integer, zero included', async () => {
    const { agents } = await open();
    await house.phone();
    const agent = await agents.agent();
    for (const event_id of [0, 7]) agent.send({ type: 'ping', ping_event: { event_id, ping_ms: 20 } });
    await until('two pongs', () => agent.of('pong').length === 2);
    expect(agent.of('pong')).toEqual([0, 7].map((event_id) => ({ type: 'pong', event_id })));
  });

  it('clears at an interruption and plays nothing more of that event', async () => {
    const { agents, bridge } = await open();
    const phone = await house.phone();
    const agent = await agents.agent();
    agent.audio(mulawTone(700, 1600), 4);
    agent.interrupts(4);
    agent.audio(mulawTone(700, 1600), 4);
    agent.audio(mulawTone(900, 800), 5);
    await until('the next event is heard', () => phone.heard.length >= 2400);
    expect(phone.messages.map(({ event }) => event)).toEqual(['media', 'clear', 'media']);
    expect(phone.of('clear')[0]).toEqual({ event: 'clear', streamSid: 'MZ1' });
    expect(bridge.counters().dropped.interrupted).toBe(1);
  });

  it('cuts an interrupted turn where it was heard to, also when the agent does not say so', async () => {
    const { agents } = await open();
    const phone = await house.phone();
    phone.echoes = false;
    const agent = await agents.agent();
    agent.says('Aaaa aaaa aaaa aaaa aaaa bbbb bbbb bbbb bbbb bbbb');
    agent.audio(mulawTone(700, 80_000), 1);
    agent.audio(mulawTone(700, 80_000), 1);
    await until('it asks how far it was heard', () => phone.of('mark').length === 2);
    phone.echo(phone.of('mark')[0]!.mark!.name);
    // A word of the callee's comes behind the mark, so the mark has been read when it was.
    phone.speak(mulawTone(400, 160));
    await until('the mark has come back', () => agent.heard.length === 160);
    agent.interrupts(1);
    agent.understood('¿Cómo dice?');
    await until('the turns are stored', async () => (await house.records.turnsOf(CALL)).length === 2);
    expect((await house.records.turnsOf(CALL)).map(({ message }) => message)).toEqual([
      'Aaaa aaaa aaaa aaaa aaaa …',
      '¿Cómo dice?',
    ]);
  });

  it('keeps the turns, with what an interruption left of them', async () => {
    const { agents } = await open();
    const phone = await house.phone();
    const agent = await agents.agent();
    agent.says('Hola, llamo por un turno.');
    agent.understood('...');
    agent.understood('Sí, dígame.');
    agent.says('Un momento, por favor, que lo anoto.');
    agent.corrects('Un momento, por favor, que lo anoto.', 'Un momento');
    agent.understood('¿Para cuándo?');
    await until('the turns are stored', async () => (await house.records.turnsOf(CALL)).length === 4);
    phone.stop();
    const ended = await house.event('talk_ended');
    expect(ended).toMatchObject({
      call_id: CALL,
      conversation_id: 'conv_1',
      transcript: { agent_turns: 2, business_turns: 2, business_turns_after_greeting: 2 },
    });
    const turns = await house.records.turnsOf(CALL);
    expect(turns.map(({ role, message }) => `${role}: ${message}`)).toEqual([
      'agent: Hola, llamo por un turno.',
      'business: Sí, dígame.',
      'agent: Un momento',
      'business: ¿Para cuándo?',
    ]);
  });

  it('tells the agent which key the business pressed', async () => {
    const { agents } = await open();
    const phone = await house.phone();
    const agent = await agents.agent();
    phone.send({ event: 'dtmf', dtmf: { track: 'inbound_track', digit: '3' } });
    await until('the agent knows', () => agent.of('contextual_update').length);
    expect(agent.of('contextual_update')[0]?.text).toContain('3');
  });

  it('records both directions on one clock, without what was cleared', async () => {
    let now = 0;
    const { agents } = await open({
      clock: {
        now: () => now,
        date: () => new Date(),
        after: (ms, run) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
        every: () => () => {},
      },
    });
    const phone = await house.phone();
    const agent = await agents.agent();
    await house.event('stream_started');
    // At 1 s the agent sends two seconds at once; at 2 s it is interrupted; at 3 s the callee speaks 160 ms.
    now = 1000;
    agent.audio(mulawTone(700, 16_000), 1);
    await until('the agent was heard', () => phone.heard.length === 16_000);
    now = 2000;
    agent.interrupts(1);
    await until('the interruption', () => phone.of('clear').length);
    now = 3000;
    phone.speak(mulawTone(400, 160));
    await until('the callee was heard', () => agent.heard.length === 160);
    now = 4000;
    phone.stop();
    await house.event('talk_ended');
    const recording = await house.records.recording(BOOKING);
    const file = await house.artifacts.read(recording!.path);
    expect(recording).toMatchObject({ call_id: CALL, content_type: 'audio/wav', bytes: file.length });
    const { left, right } = readWav(file);
    expect(left.length).toBe(32_000);
    expect(right.subarray(8000, 16_000).equals(mulawTone(700, 8000))).toBe(true);
    expect(right.subarray(0, 8000).every((byte) => byte === 0xff)).toBe(true);
    expect(right.subarray(16_000).every((byte) => byte === 0xff)).toBe(true);
    expect(left.subarray(23_840, 24_000).equals(mulawTone(400, 160))).toBe(true);
    expect(left.subarray(24_000).every((byte) => byte === 0xff)).toBe(true);
  });

  it('keeps no recording where that is switched off', async () => {
    const { agents } = await open({ recording: false });
    const phone = await house.phone();
    const agent = await agents.agent();
    await house.event('stream_started');
    phone.speak(mulawTone(400, 1600));
    await until('the agent hears', () => agent.heard.length === 1600);
    phone.stop();
    await house.event('talk_ended');
    expect(await house.records.recording(BOOKING)).toBeUndefined();
  });

  it('ties the ids of both providers to the attempt', async () => {
    await open();
    await house.phone('CA77');
    await house.event('stream_started');
    const found = (ids: object): Promise<string | undefined> => house.records.findAttempt(ids);
    await until('the conversation is tied', async () => (await found({ conversation_id: 'conv_1' })) === CALL);
    await until('the call is tied', async () => (await found({ call_sid: 'CA77' })) === CALL);
  });

  it('speaks another language only to an order that asks for it', async () => {
    const { agents, bridge } = await open();
    bridge.prepare(CALL, order({ language: 'en' }));
    await house.phone();
    const agent = await agents.agent();
    expect(agent.init).toMatchObject({ conversation_config_override: { agent: { language: 'en' } } });
  });
});
