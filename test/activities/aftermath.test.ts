import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { collect as collectTalk } from '../../activities/collect.ts';
import { createActivities } from '../../activities/index.ts';
import type { CollectInput } from '../../activities/interface.ts';
import type { SimulationResult } from '../../domain/evidence.ts';
import type { Parented } from '../../domain/parent.ts';
import { BOOKING, CALL, CALL_SID, order, PHONE } from '../providers/samples.ts';
import {
  conversation,
  dialInput,
  down,
  elevenlabs,
  environment,
  LINE,
  START,
  twilio,
  type World,
  world,
} from './world.ts';

let here: World;

beforeEach(async () => {
  here = await world();
});
afterEach(() => here.end());

const sound = async () => ({ content: new Uint8Array([1, 2, 3]), content_type: 'audio/mpeg' });

describe('collecting what outlives a call', () => {
  const input = (more: Partial<CollectInput> = {}): CollectInput => ({
    booking_id: BOOKING,
    call_id: CALL,
    channel: 'native',
    call_sid: CALL_SID,
    conversation_id: 'conv_1',
    ...more,
  });
  const collect = (what = input(), attempt = 1) =>
    environment({ attempt }).run((talk: CollectInput) => collectTalk(here.deps, talk), what);

  it('keeps transcript and recording of a native call', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation(), conversationAudio: sound });
    expect(await collect()).toEqual({ transcript: true, recording: true });
    expect(await here.deps.records.turnsOf(CALL)).toHaveLength(2);
    const kept = (await here.deps.records.recording(BOOKING))!;
    expect(kept).toMatchObject({ call_id: CALL, content_type: 'audio/mpeg', bytes: 3 });
    expect(await here.deps.artifacts.read(kept.path)).toEqual(Buffer.from([1, 2, 3]));
  });

  it('keeps those of the conversation that was joined to a registered call, and not of one that was left over', async () => {
    const left = conversation({ conversation_id: 'conv_left', status: 'initiated', call_sid: undefined, turns: [] });
    const asked: string[] = [];
    here.deps.elevenlabs = elevenlabs({
      conversationsOf: async () => [left, conversation()],
      conversationAudio: async (id) => {
        asked.push(id);
        return sound();
      },
    });
    const nameless = input({ channel: 'registered', conversation_id: undefined });
    expect(await collect(nameless)).toEqual({ transcript: true, recording: true });
    expect(asked).toEqual(['conv_1']);
    // Nothing is waited for where only that one is there: the bridge has kept its own.
    here.deps.elevenlabs = elevenlabs({ conversationsOf: async () => [left] });
    expect(await collect(nameless)).toEqual({ transcript: true, recording: true });
  });

  it('may be repeated', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation(), conversationAudio: sound });
    await collect();
    expect(await collect()).toEqual({ transcript: true, recording: true });
  });

  it('comes back for what is not there yet, later each time', async () => {
    here.deps.elevenlabs = elevenlabs({
      conversation: async () => conversation(),
      conversationAudio: async () => undefined,
    });
    await expect(collect(input(), 3)).rejects.toMatchObject({
      type: 'NotYet',
      nextRetryDelay: 4_000,
      nonRetryable: false,
      details: [{ transcript: true, recording: false }],
    });
  });

  it('a conversation that never was has nothing to wait for', async () => {
    const failed = conversation({ status: 'failed', turns: [] });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => failed, conversationAudio: async () => undefined });
    expect(await collect()).toEqual({ transcript: false, recording: false });
  });

  it('leaves the bridge’s own recording alone, and is content with its turns when ElevenLabs keeps nothing', async () => {
    await here.deps.records.putRecording({ call_id: CALL, path: 'own.wav', content_type: 'audio/wav', bytes: 9 });
    const turn = { index: 0, at: new Date().toISOString(), role: 'agent', message: 'Hola', at_seconds: 0 } as const;
    await here.deps.records.addTurn(CALL, turn);
    here.deps.elevenlabs = elevenlabs({ conversation: async () => undefined });
    expect(await collect(input({ channel: 'bridge' }))).toEqual({ transcript: true, recording: true });
    expect(await here.deps.records.recording(BOOKING)).toMatchObject({ path: 'own.wav' });
  });

  it('fetches ElevenLabs’ audio of a bridged call whose own recording is missing', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation(), conversationAudio: sound });
    expect(await collect(input({ channel: 'bridge' }))).toEqual({ transcript: true, recording: true });
  });

  it('a provider out of reach is a failure that is retried', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: down });
    await expect(collect()).rejects.toThrow('out of reach');
  });
});

describe('a booking’s end', () => {
  const outcome = {
    result: 'declined' as const,
    channel: 'native' as const,
    simulated: true,
    confirmed_date: null,
    confirmed_time: null,
    notes: null,
    evidence: [],
    proof: null,
    offers: [],
    callback_at: null,
  };
  const talk = { booking_id: BOOKING, call_id: CALL, channel: 'native' as const, conversation_id: 'conv_1' };
  const conclude = (until: number, parent: Parented = {}) => {
    const { snapshot } = dialInput();
    const view = { ...snapshot.view, ...parent, status: 'completed' as const, outcome };
    return environment().run(createActivities(here.deps).conclude, {
      snapshot: { version: 9, view, events: [{ type: 'final' as const, at: view.updated_at, outcome }] },
      talks: [talk],
      collect_until: new Date(until).toISOString(),
    });
  };
  const stored = async () => (await here.deps.records.booking(BOOKING))?.view.outcome;

  it('is on record before anything is fetched, and what is not there yet is come back for', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: down });
    await expect(conclude(START + 1)).rejects.toThrow('out of reach');
    expect(await stored()).toEqual(outcome);
    expect(await here.deps.records.eventsAfter(BOOKING, 0, 9)).toHaveLength(1);
  });

  it('is told once, however often it is tried', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation(), conversationAudio: sound });
    await conclude(START + 1);
    await conclude(START + 1);
    expect(await here.deps.records.eventsAfter(BOOKING, 0, 9)).toHaveLength(1);
    expect(await here.deps.records.turnsOf(CALL)).toHaveLength(2);
  });

  it('is told to the booking’s parent, once it is on record, and a parent that cannot be told delays nothing', async () => {
    const told: unknown[] = [];
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation(), conversationAudio: sound });
    here.deps.childEnded = async (...ids) => void told.push([...ids, await stored()]);
    await conclude(START + 1);
    expect(told).toEqual([]);
    await conclude(START + 1, { batch: { id: 'ba_one', key: 'k' } });
    expect(told).toEqual([['ba_one', BOOKING, outcome]]);
    here.deps.childEnded = down;
    await conclude(START + 1, { batch: { id: 'ba_one', key: 'k' } });
    expect(here.logged.at(-1)!.message).toContain('could not signal the end of a booking to its parent');
  });

  it('has calls of the business followed that came before it was written and that its run does not know', async () => {
    const followed: unknown[] = [];
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation(), conversationAudio: sound });
    here.deps.followUp = async (name, evidence) => {
      followed.push([name, evidence.kind, evidence.call_id, await stored()]);
      return 'delivered';
    };
    const at = new Date(START).toISOString();
    const dial = { call_id: CALL, run_id: 'run', channel: 'native', caller: null, at, known: [1] } as const;
    await here.deps.records.claimDial({ ...dial, phone_hashes: [] });
    const taken = await here.deps.records.takeInbound({
      call_sid: 'CA_in',
      phone_hashes: [here.deps.phoneHash(PHONE)],
      phone_masked: '…',
      line_id: LINE,
      channel: 'native',
      at,
      since: at,
      mayAct: () => true,
    });
    expect(taken).toMatchObject({ is: 'talk', follow_up: false });
    await conclude(START);
    expect(followed).toEqual([['callStatus', 'inbound', `${BOOKING}.9001`, outcome]]);
    here.deps.followUp = down;
    await expect(conclude(START)).rejects.toThrow('out of reach');
  });

  it('does not wait for ever for what a provider never has', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: down });
    await conclude(START);
    expect(await stored()).toEqual(outcome);
    expect(here.logged).toMatchObject([{ level: 'warn', fields: { booking_id: BOOKING } }]);
  });
});

describe('a simulation', () => {
  const digest = { agent_turns: 1, business_turns: 1, business_turns_after_greeting: 1 };
  const { turns } = conversation();
  const simulate = (env = environment()): Promise<SimulationResult> =>
    env.run(createActivities(here.deps).simulate, { order: order({ language: 'en' }), call_id: CALL });

  it('is a live duet where there is one', async () => {
    const result = { ok: true, method: 'duet', transcript: digest } as const;
    here.deps.duet = { run: async ({ call_id }) => ({ ...result, conversation_id: call_id }) };
    here.deps.elevenlabs = elevenlabs();
    expect(await simulate()).toEqual({ ...result, conversation_id: CALL });
  });

  it.each([
    ['fails', async (): Promise<SimulationResult> => ({ ok: false, problem: { code: 'x', message: 'no agent' } })],
    ['breaks', down],
  ])('falls back on the agent test when the duet %s, and voices it', async (_, run) => {
    here.deps.duet = { run };
    const spoken: string[] = [];
    here.deps.elevenlabs = elevenlabs({
      agentTest: async () => ({ turns, digest, report: { result: 'declined' } }),
      dialogue: (_turns, language) => {
        spoken.push(language);
        return sound();
      },
    });
    expect(await simulate()).toEqual({
      ok: true,
      method: 'agent_test',
      transcript: digest,
      report: { result: 'declined' },
    });
    expect(spoken).toEqual(['en']);
    expect(await here.deps.records.turnsOf(CALL)).toHaveLength(2);
    expect(await here.deps.records.recording(BOOKING)).toMatchObject({ call_id: CALL, content_type: 'audio/mpeg' });
  });

  it('is worth having without its voices', async () => {
    here.deps.elevenlabs = elevenlabs({ agentTest: async () => ({ turns, digest }), dialogue: down });
    expect(await simulate()).toMatchObject({ ok: true, method: 'agent_test' });
    expect(await here.deps.records.recording(BOOKING)).toBeUndefined();
  });

  it('says why neither way works', async () => {
    here.deps.duet = { run: async () => ({ ok: false, problem: { code: 'x', message: 'no agent' } }) };
    here.deps.elevenlabs = elevenlabs({ agentTest: down });
    expect(await simulate()).toEqual({
      ok: false,
      problem: { code: 'down', message: 'duet: no agent; agent test: out of reach' },
    });
  });

  it('without any provider fails clearly', async () => {
    expect(await simulate()).toMatchObject({ ok: false, problem: { code: 'not_configured' } });
  });

  it('ends when it is cancelled, and starts nothing else', async () => {
    const env = environment();
    here.deps.elevenlabs = elevenlabs();
    here.deps.duet = {
      run: ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('duet stopped')));
          env.cancel();
        }),
    };
    await expect(simulate(env)).rejects.toBeInstanceOf(CancelledFailure);
  });
});

describe('the rest', () => {
  it('a hang-up is Twilio’s to do, and its word is passed on', async () => {
    const asked: unknown[] = [];
    here.deps.twilio = twilio({
      hangUp: async (...args) => {
        asked.push(args);
        return { done: 'requested' };
      },
    });
    const { hangUp } = createActivities(here.deps);
    expect(await environment().run(hangUp, { call_id: CALL, call_sid: CALL_SID, mode: 'cancel' as const })).toEqual({
      done: 'requested',
    });
    expect(asked).toEqual([[CALL_SID, 'cancel']]);
  });

  it('a talk that is not needed any more ends with a goodbye in its language', async () => {
    const asked: unknown[] = [];
    here.deps.twilio = twilio({
      hangUpWithGoodbye: async (...args) => {
        asked.push(args);
        return { done: 'requested' };
      },
    });
    const { hangUp } = createActivities(here.deps);
    const input = { call_id: CALL, call_sid: CALL_SID, mode: 'complete' as const, goodbye: { language: 'en' } };
    expect(await environment().run(hangUp, input)).toEqual({ done: 'requested' });
    expect(asked).toEqual([[CALL_SID, 'en']]);
  });

  it('without Twilio nothing can be hung up, and that is said', async () => {
    const { hangUp } = createActivities(here.deps);
    const result = await environment().run(hangUp, { call_id: CALL, call_sid: CALL_SID, mode: 'complete' as const });
    expect(result).toMatchObject({ done: 'failed', problem: { code: 'not_configured' } });
  });

  it('an alarm is an error in the log, without a phone number', async () => {
    const { alarm } = createActivities(here.deps);
    await environment().run(alarm, {
      booking_id: BOOKING,
      kind: 'native_refused' as const,
      message: `401 for ${PHONE}`,
    });
    expect(here.logged).toEqual([
      {
        level: 'error',
        fields: { alarm: 'native_refused', booking_id: BOOKING },
        message: 'ALARM native_refused: 401 for +54…34',
      },
    ]);
  });

  it('a failure to keep a snapshot is Temporal’s to retry', async () => {
    const { saveSnapshot } = createActivities(here.deps);
    const { end } = here;
    here.end = async () => undefined;
    await end();
    const view = { id: BOOKING } as never;
    await expect(environment().run(saveSnapshot, { version: 1, view, events: [] })).rejects.not.toBeInstanceOf(
      ApplicationFailure,
    );
  });
});
