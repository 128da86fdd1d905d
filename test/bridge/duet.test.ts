import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDuet } from '../../bridge/duet.ts';
import type { DuetDeps, DuetLimits } from '../../bridge/duet-setup.ts';
import type { Duet } from '../../bridge/interface.ts';
import { conversationInit, receptionistInit } from '../../providers/elevenlabs/initiation.ts';
import { AgentServer, type FakeAgent } from './support/fake-agent.ts';
import { fastClock } from './support/fast-clock.ts';
import { openStore, quiet } from './support/house.ts';
import { BOOKING, CALL, order } from './support/order.ts';
import { mulawSamples, mulawTone, pcmBytes, pcmSamples, pitch, sine } from './support/tone.ts';
import { until } from './support/until.ts';
import { readWav } from './support/wav.ts';

let agents: AgentServer;
let store: Awaited<ReturnType<typeof openStore>>;
beforeEach(async () => {
  agents = await AgentServer.start();
  store = await openStore();
});
afterEach(async () => {
  await agents.stop();
  await store.close();
});

const CALLER = 'agent_vocero';
const RECEPTIONIST = 'agent_recepcionista';

const duet = (limits: Partial<DuetLimits> = {}, changes: Partial<DuetDeps> = {}): Duet =>
  createDuet({
    records: store.records,
    artifacts: store.artifacts,
    agents: {
      signedUrl: async (agentId) => agents.signedUrl(agentId),
      conversationInit,
      receptionistInit: async (order) =>
        receptionistInit(order, changes.receptionistAgentId !== undefined || !('receptionistAgentId' in changes)),
    },
    agentId: CALLER,
    receptionistAgentId: RECEPTIONIST,
    log: quiet,
    limits: { greetingStartMs: 400, ...limits },
    clock: fastClock(4),
    ...changes,
  });

const withScenario = order({
  escalation: { ...order().escalation, simulation: { enabled: true, scenario: 'ofrece el martes a las 16' } },
});

/** The conversation of one agent once it is initialised; the caller comes after the receptionist. */
const agentOf = async (agentId: string): Promise<FakeAgent> => {
  const find = (): FakeAgent | undefined => agents.agents.find((agent) => agent.agentId === agentId && agent.init);
  await until(`${agentId} is initialised`, find);
  return find()!;
};

const report = { booking_id: BOOKING, call_id: CALL, result: 'confirmed', confirmed_date: '2026-11-24' };

describe('a duet', () => {
  it('joins two agents, hears each by the other, and comes back with the report', async () => {
    agents.onInit = (agent) => agent.metadata(agent.agentId === CALLER ? 'pcm_16000' : 'ulaw_8000');
    const running = duet().run({ order: withScenario, call_id: CALL });
    const receptionist = await agentOf(RECEPTIONIST);
    receptionist.says('Clínica, buenos días.');
    receptionist.audio(mulawTone(400, 8000), 1);
    const caller = await agentOf(CALLER);
    caller.says('Hola, llamo por un turno.');
    caller.audio(pcmBytes(sine(700, 16_000, 16_000)), 1);
    receptionist.understood('Hola, llamo por un turno.');
    receptionist.says('Tengo el martes a las 16.');
    receptionist.audio(mulawTone(500, 8000), 2);
    caller.understood('tengo el martes a las dieciséis');
    await until('the caller heard a second', () => pitch(pcmSamples(caller.heard).slice(-8000), 16_000).hz === 500);
    expect((await receptionist.tool('report_result', report)).is_error).toBe(true);
    const answer = await caller.tool('report_result', { ...report, confirmed_time: '16:00' });
    expect(answer).toMatchObject({ result: '{"accepted":true}', is_error: false });
    caller.says('Gracias, hasta luego.');
    caller.audio(pcmBytes(sine(700, 16_000, 8000)), 2);
    caller.close(1000);

    const result = await running;
    expect(result).toEqual({
      ok: true,
      method: 'duet',
      conversation_id: caller.conversationId,
      report: { result: 'confirmed', confirmed_date: '2026-11-24', confirmed_time: '16:00' },
      transcript: {
        agent_turns: 2,
        business_turns: 2,
        business_turns_after_greeting: 1,
        talk: expect.objectContaining({ called_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }),
      },
    });
    await until('the receptionist is let go', () => receptionist.closed === 1000);

    // Its own words, not what the other understood; and the greeting comes first.
    expect((await store.records.turnsOf(CALL)).map(({ role, message }) => `${role}: ${message}`)).toEqual([
      'business: Clínica, buenos días.',
      'agent: Hola, llamo por un turno.',
      'business: Tengo el martes a las 16.',
      'agent: Gracias, hasta luego.',
    ]);

    const recording = await store.records.recording(BOOKING);
    const { left, right } = readWav(await store.artifacts.read(recording!.path));
    expect(recording).toMatchObject({ call_id: CALL, content_type: 'audio/wav' });
    expect(left.length).toBe(right.length);
    expect(pitch(mulawSamples(left.subarray(1000, 7000)), 8000)).toMatchObject({ hz: 400 });
    const said = mulawSamples(right);
    const first = said.findIndex((sample) => Math.abs(sample) > 1000);
    expect(first).toBeGreaterThan(8000);
    expect(pitch(said.slice(first + 500, first + 6500), 8000).hz).toBe(700);
    expect(pitch(said.slice(-3000), 8000).hz).toBe(700);
  });

  it('feeds both without a gap: silence while nobody speaks', async () => {
    const running = duet({ capMs: 2000 }).run({ order: withScenario, call_id: CALL });
    const receptionist = await agentOf(RECEPTIONIST);
    const caller = await agentOf(CALLER);
    caller.says('Hola.');
    expect(await running).toMatchObject({ ok: true });
    const recording = await store.records.recording(BOOKING);
    const { left } = readWav(await store.artifacts.read(recording!.path));
    expect(left.length).toBeGreaterThan(1600);
    // What is recorded is what was sent: frame by frame, from the first to the last.
    await until('the frames arrived', () => receptionist.heard.length === left.length);
    expect(receptionist.heard.every((byte) => byte === 0xff)).toBe(true);
    const frames = receptionist.messages.filter((one) => 'user_audio_chunk' in one);
    expect(new Set(frames.map((one) => Buffer.from(String(one.user_audio_chunk), 'base64').length))).toEqual(
      new Set([160]),
    );
  });

  it('gives the receptionist the scenario but neither a call nor a user', async () => {
    const running = duet({ capMs: 300 }).run({ order: withScenario, call_id: CALL });
    const { init } = await agentOf(RECEPTIONIST);
    await running;
    expect(init?.dynamic_variables).toMatchObject({
      call_id: '',
      booking_id: '',
      scenario: 'ofrece el martes a las 16',
    });
    expect(init).not.toHaveProperty('user_id');
    expect(JSON.stringify(init)).not.toContain(CALL);
    expect(JSON.stringify(init?.conversation_config_override)).toContain('ofrece el martes a las 16');
  });

  it("plays both parts with one agent, one of them with a receptionist's prompt", async () => {
    const running = duet({ capMs: 600 }, { receptionistAgentId: undefined }).run({ order: order(), call_id: CALL });
    const first = await agents.agent(0);
    await until('the second', () => agents.agents.filter((agent) => agent.init).length === 2);
    const inits = agents.agents.map(({ init }) => init!);
    await running;
    expect(first.agentId).toBe(CALLER);
    const [vocero, other] = inits.sort((a, b) => Number(b.user_id !== undefined) - Number(a.user_id !== undefined));
    expect(vocero).toMatchObject({ dynamic_variables: { call_id: CALL } });
    expect(other).toMatchObject({ dynamic_variables: { call_id: '' } });
    expect(other?.conversation_config_override).toMatchObject({ agent: { prompt: expect.anything() } });
  });

  it('tells the scenario as context to a receptionist that permits no overrides', async () => {
    agents.onInit = (agent) => {
      if (agent.init?.conversation_config_override === undefined) {
        agent.metadata();
        return;
      }
      agent.send({ type: 'error', error_event: { code: 1008, error_type: 'override_error', message: 'not allowed' } });
      agent.close(1008);
    };
    const running = duet({ capMs: 1500 }).run({ order: withScenario, call_id: CALL });
    const caller = await agentOf(CALLER);
    caller.says('Hola');
    expect(await running).toMatchObject({ ok: true });
    const second = agents.agents.filter(({ agentId }) => agentId === RECEPTIONIST).at(-1)!;
    expect(second.of('contextual_update')[0]?.text).toContain('ofrece el martes a las 16');
  });

  it('stops an agent that is interrupted, and keeps what it got to say', async () => {
    const running = duet({ hangUpMs: 60_000 }).run({ order: order(), call_id: CALL });
    const receptionist = await agentOf(RECEPTIONIST);
    const caller = await agentOf(CALLER);
    caller.says('Hola, quiero contarle una larga historia.');
    caller.audio(mulawTone(700, 80_000), 1);
    await until('it is heard', () => receptionist.heard.some((byte) => byte !== 0xff));
    receptionist.says('Disculpe.');
    caller.interrupts(1);
    caller.corrects('Hola, quiero contarle una larga historia.', 'Hola, quiero');
    caller.close();
    await running;
    expect(receptionist.heard.filter((byte) => byte !== 0xff).length).toBeLessThan(60_000);
    expect((await store.records.turnsOf(CALL)).map(({ message }) => message)).toEqual(['Hola, quiero', 'Disculpe.']);
  });

  it('takes what the caller understood where the receptionist does not say what it says', async () => {
    const running = duet().run({ order: order(), call_id: CALL });
    const caller = await agentOf(CALLER);
    caller.says('Hola');
    caller.understood('Buenas');
    caller.close();
    expect(await running).toMatchObject({ ok: true, transcript: { agent_turns: 1, business_turns_after_greeting: 1 } });
  });

  it('refuses a report that is wrong and takes the corrected one', async () => {
    const running = duet().run({ order: order(), call_id: CALL });
    const caller = await agentOf(CALLER);
    const wrong = await caller.tool('report_result', { ...report, result: 'perhaps' }, 't1');
    expect(wrong).toMatchObject({ is_error: true, result: expect.stringContaining('result') });
    const unclear = await caller.tool('report_result', { ...report, confirmed_time: 'tarde' }, 't1b');
    expect(unclear).toMatchObject({ is_error: false, result: expect.stringContaining('confirmed_time') });
    const madeUp = { ...report, call_id: 'bk_other.1', result: 'declined' };
    expect((await caller.tool('report_result', madeUp, 't2')).is_error).toBe(false);
    caller.close();
    expect(await running).toMatchObject({ ok: true, report: { result: 'declined' } });
  });

  it.each<[string, Partial<DuetLimits>]>([
    ['nobody says anything any more', { idleMs: 1500 }],
    ['its time is up', { capMs: 1500 }],
  ])('ends when %s', async (_, limits) => {
    const running = duet(limits).run({ order: order(), call_id: CALL });
    const caller = await agentOf(CALLER);
    caller.says('Hola');
    expect(await running).toMatchObject({ ok: true, report: undefined, transcript: { agent_turns: 1 } });
    await until('both are let go', () => agents.agents.every(({ closed }) => closed === 1000));
  });

  it('ends a while after the report, or after the receptionist hung up, if the caller stays', async () => {
    const after = duet({ afterReportMs: 300 }).run({ order: order(), call_id: CALL });
    await (await agentOf(CALLER)).tool('report_result', report);
    expect(await after).toMatchObject({ ok: true, report: { result: 'confirmed' } });
    agents.agents.length = 0;
    const alone = duet({ hangUpMs: 300 }).run({ order: order(), call_id: CALL });
    (await agentOf(CALLER)).says('Hola');
    (await agentOf(RECEPTIONIST)).close();
    expect(await alone).toMatchObject({ ok: true });
  });

  it('fails when an agent cannot be had, breaks, or says nothing', async () => {
    agents.status = 401;
    expect(await duet().run({ order: order(), call_id: CALL })).toMatchObject({
      ok: false,
      problem: { code: 'agent_socket_error' },
    });
    agents.status = 101;
    const broken = duet().run({ order: order(), call_id: CALL });
    (await agentOf(CALLER)).drop();
    expect(await broken).toMatchObject({ ok: false, problem: { code: 'agent_closed' } });
    agents.agents.length = 0;
    const mute = duet().run({ order: order(), call_id: CALL });
    (await agentOf(CALLER)).close();
    expect(await mute).toMatchObject({ ok: false, problem: { code: 'no_conversation' } });
  });

  it('can be stopped', async () => {
    const stop = new AbortController();
    const running = duet().run({ order: order(), call_id: CALL, signal: stop.signal });
    await agentOf(CALLER);
    stop.abort();
    expect(await running).toMatchObject({ ok: false, problem: { code: 'aborted' } });
    await until('both are let go', () => agents.agents.every(({ closed }) => closed === 1000));
  });
});
