import { afterEach, describe, expect, it } from '@jest/globals';
import type { BridgeDeps } from '../../bridge/context.ts';
import { conversationInit } from '../../providers/elevenlabs/initiation.ts';
import { ProviderUnreachable } from '../../providers/interface.ts';
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

describe('while the phone rings', () => {
  it('the agent waits on an open socket and is told nothing before the answer', async () => {
    const { agents, bridge } = await open();
    bridge.prepare(CALL, order());
    bridge.prepare(CALL, order());
    await until('the agent waits', () => agents.agents.length === 1);
    const phone = await house.phone();
    const agent = await agents.agent();
    await house.event('stream_started');
    expect(agent.messages[0]?.type).toBe('conversation_initiation_client_data');
    expect(agents.agents).toHaveLength(1);
    phone.stop();
    await house.event('talk_ended');
  });

  it('an agent that cannot be had is reported, once', async () => {
    const { agents, bridge } = await open();
    agents.status = 403;
    bridge.prepare(CALL, order());
    const failed = await house.event('agent_failed');
    expect(failed).toMatchObject({ call_id: CALL, problem: { code: 'agent_socket_error' } });
    expect(failed.problem?.message).toContain('403');
    bridge.release(CALL);
    expect(names()).toEqual(['agent_failed']);
  });

  it("keeps the provider's own word on why there is no agent", async () => {
    const signedUrl = async (): Promise<string> => {
      throw new ProviderUnreachable({ code: 'quota_exceeded', message: 'no credits' });
    };
    const { bridge } = await open({ agents: { signedUrl, conversationInit } });
    bridge.prepare(CALL, order());
    expect((await house.event('agent_failed')).problem).toEqual({ code: 'quota_exceeded', message: 'no credits' });
  });

  it('an agent whose URL never comes is given up', async () => {
    const signedUrl = (): Promise<string> => new Promise(() => {});
    const { bridge } = await open({ agents: { signedUrl, conversationInit }, limits: { agentConnectMs: 30 } });
    bridge.prepare(CALL, order());
    expect((await house.event('agent_failed')).problem?.code).toBe('agent_connect_timeout');
  });

  it('an agent that goes away is reported', async () => {
    const { agents, bridge } = await open();
    bridge.prepare(CALL, order());
    await until('the agent waits', () => agents.agents.length === 1);
    agents.agents[0]!.drop();
    expect((await house.event('agent_failed')).problem?.code).toBe('agent_closed');
  });

  it('a call that is answered all the same gets another agent', async () => {
    const { agents, bridge } = await open();
    agents.status = 503;
    bridge.prepare(CALL, order());
    await house.event('agent_failed');
    agents.status = 101;
    await house.phone();
    await house.event('stream_started');
  });

  it('nobody answers: the socket is closed when the call is released', async () => {
    const { agents, bridge } = await open();
    bridge.prepare(CALL, order());
    await until('the agent waits', () => agents.agents.length === 1);
    bridge.release(CALL);
    await until('its socket is closed', () => agents.agents[0]!.closed);
    expect(names()).toEqual([]);
  });

  it('nobody answers and nobody says so: the socket is closed after the ring time', async () => {
    const { agents, bridge } = await open({ limits: { warmExtraMs: -19_900 } });
    bridge.prepare(CALL, order());
    await until('its socket is closed', () => agents.agents[0]?.closed);
    expect(names()).toEqual([]);
  });

  it('no socket is opened where that is switched off', async () => {
    const { agents, bridge } = await open({ limits: { warmAgent: false } });
    bridge.prepare(CALL, order());
    await house.phone();
    await house.event('stream_started');
    expect(agents.agents).toHaveLength(1);
  });
});

describe('when the agent ends the conversation', () => {
  it('the goodbye is heard before the call is hung up and the stream closed', async () => {
    const { agents } = await open();
    const phone = await house.phone();
    phone.echoes = false;
    const agent = await agents.agent();
    agent.says('Gracias, hasta luego.');
    agent.audio(mulawTone(700, 8000), 1);
    await until('the goodbye is on its way', () => phone.heard.length === 8000);
    agent.close(1000);
    await until('its mark', () => phone.of('mark').some(({ mark }) => mark?.name === 'goodbye'));
    expect(phone.messages.at(-1)).toEqual({ event: 'mark', streamSid: 'MZ1', mark: { name: 'goodbye' } });
    expect(house.hungUp).toEqual([]);
    phone.echo('goodbye');
    expect(await phone.ended()).toEqual({ code: 1000, reason: 'agent_ended' });
    expect(house.hungUp).toEqual(['CA1']);
    const ended = await house.event('talk_ended');
    expect(ended.transcript).toMatchObject({ agent_turns: 1, business_turns: 0, business_turns_after_greeting: 0 });
    expect(names()).toEqual(['stream_started', 'talk_ended']);
  });

  it('a mark that never comes back does not keep the call', async () => {
    const { agents } = await open({ limits: { goodbyeMs: 30 } });
    const phone = await house.phone();
    phone.echoes = false;
    const agent = await agents.agent();
    agent.audio(mulawTone(700, 160), 1);
    await until('audio', () => phone.heard.length);
    agent.close();
    await phone.ended();
    expect(house.hungUp).toEqual(['CA1']);
  });

  it('the hang-up is asked for again when Twilio is out of reach', async () => {
    const { agents } = await open({ limits: { endCallMs: 30 } });
    let asked = 0;
    house.endCall = async () => {
      if (++asked < 2) throw new Error('503');
    };
    const phone = await house.phone();
    const agent = await agents.agent();
    await house.event('stream_started');
    agent.close();
    await phone.ended();
    await until('the second time', () => house.hungUp.length === 1);
    expect(asked).toBe(2);
  });

  it('no late stream starts it again', async () => {
    const { agents } = await open();
    const phone = await house.phone();
    const agent = await agents.agent();
    await house.event('stream_started');
    agent.close();
    await phone.ended();
    await house.event('talk_ended');
    const late = await house.phone('CA1', 'MZ2');
    expect(await late.ended()).toEqual({ code: 1008, reason: 'talk_over' });
    expect(agents.agents).toHaveLength(1);
  });
});

describe('when the agent breaks', () => {
  it.each<[string, string, (house: House) => Promise<void>]>([
    ['loses its connection', 'agent_closed', async ({ agents }) => (await agents.agent()).drop()],
    ['closes with an error', 'agent_closed', async ({ agents }) => (await agents.agent()).close(1011)],
    [
      'says what went wrong',
      'llm_timeout',
      async ({ agents }) => {
        const agent = await agents.agent();
        const error_event = { code: 1002, error_type: 'llm_timeout', message: 'no answer for 20 s' };
        agent.send({ type: 'error', error_event });
        agent.close(1002);
      },
    ],
  ])(
    'after the answer (%s), the stream is closed for the next verb and the leg is left alone',
    async (_, code, act) => {
      await open();
      const phone = await house.phone();
      await house.event('stream_started');
      await act(house);
      expect((await house.event('agent_failed')).problem?.code).toBe(code);
      expect(await phone.ended()).toEqual({ code: 1000, reason: 'agent_failed' });
      expect(house.hungUp).toEqual([]);
      expect(names()).toEqual(['stream_started', 'agent_failed']);
    },
  );

  it('after its report was accepted, the talk is over all the same: nobody asks everything again', async () => {
    const { agents } = await open();
    const phone = await house.phone();
    await house.event('stream_started');
    const agent = await agents.agent();
    await agent.tool('report_result', { result: 'declined' });
    agent.audio(mulawTone(700, 160), 1);
    await until('the goodbye is on its way', () => phone.heard.length);
    agent.drop();
    expect((await phone.ended()).reason).toBe('agent_ended');
    expect(house.hungUp).toEqual(['CA1']);
    await house.event('talk_ended');
    expect(names()).toEqual(['stream_started', 'report', 'talk_ended']);
  });

  it('before it ever spoke, the same', async () => {
    const { agents } = await open({ limits: { agentReadyMs: 40 } });
    agents.onInit = () => {};
    const phone = await house.phone();
    expect((await house.event('agent_failed')).problem?.code).toBe('agent_init_timeout');
    await phone.ended();
    expect(names()).toEqual(['agent_failed']);
  });

  it('an end at the longest duration is an end like any other', async () => {
    const { agents } = await open();
    await house.phone();
    const agent = await agents.agent();
    agent.send({ type: 'error', error_event: { code: 1000, error_type: 'max_duration_exceeded' } });
    agent.close(1000);
    await house.event('talk_ended');
    expect(house.hungUp).toEqual(['CA1']);
  });

  it.each<[string, unknown]>([
    ['garbage', '{{{'],
    ['binary', Buffer.from([1, 2, 3])],
    ['null', 'null'],
    ['audio that is no base64', { type: 'audio', audio_event: { audio_base_64: 'a"b', event_id: 1 } }],
    ['audio in the old place', { type: 'audio', audio_base64: 'AAAA' }],
    ['an empty event', { type: 'agent_response' }],
    ['a ping without a number', { type: 'ping', ping_event: { event_id: 'x' } }],
    ['a kind that is not known', { type: 'context_usage', context_usage: {} }],
    ['metadata for the second time', { type: 'conversation_initiation_metadata' }],
  ])('%s changes nothing', async (_, message) => {
    const { agents } = await open();
    const phone = await house.phone();
    const agent = await agents.agent();
    await house.event('stream_started');
    agent.send(message);
    agent.audio(mulawTone(700, 160), 9);
    await until('the talk goes on', () => phone.heard.length === 160);
    expect(agent.messages).toHaveLength(1);
  });
});

describe('when the callee hangs up', () => {
  it('the agent is let go, and the talk ended once, however often it is said', async () => {
    const { agents, bridge } = await open();
    const phone = await house.phone();
    const agent = await agents.agent();
    await house.event('stream_started');
    phone.stop();
    phone.stop();
    phone.drop();
    await house.event('talk_ended');
    bridge.release(CALL);
    await until('the agent is let go', () => agent.closed === 1000);
    expect(names()).toEqual(['stream_started', 'talk_ended']);
    expect(house.hungUp).toEqual([]);
    expect(bridge.live()).toBe(0);
  });

  it('release alone ends it as well', async () => {
    const { agents, bridge } = await open();
    const phone = await house.phone();
    const agent = await agents.agent();
    await house.event('stream_started');
    bridge.release(CALL);
    await phone.ended();
    await until('the agent is let go', () => agent.closed === 1000);
    await house.event('talk_ended');
    expect(names()).toEqual(['stream_started', 'talk_ended']);
  });
});

describe('an event', () => {
  it('is offered again while Temporal is out of reach', async () => {
    await open();
    let failures = 2;
    house.accept = async () => {
      if (failures-- > 0) throw new Error('unavailable');
      return { accepted: true };
    };
    await house.phone();
    await house.event('stream_started');
    expect(failures).toBe(-1);
  });
});
