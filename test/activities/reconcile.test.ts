import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CancelledFailure } from '@temporalio/common';
import { createActivities } from '../../activities/index.ts';
import type { ReconcileInput } from '../../activities/interface.ts';
import type { ReconcileResult } from '../../domain/evidence.ts';
import { BOOKING, CALL, CALL_SID, PHONE } from '../providers/samples.ts';
import { call, conversation, down, elevenlabs, environment, START, twilio, type World, world } from './world.ts';

let here: World;

beforeEach(async () => {
  here = await world();
});
afterEach(() => here.end());

const input = (more: Partial<ReconcileInput> = {}): ReconcileInput => ({
  call_id: CALL,
  channel: 'native',
  phone: PHONE,
  dialed_at: new Date(START).toISOString(),
  known_call_sids: [],
  known_conversation_ids: [],
  reconcile_seconds: 10,
  give_up_at: new Date(START + 600_000).toISOString(),
  ...more,
});

const reconcile = (what = input(), env = environment()): Promise<ReconcileResult> =>
  env.run(createActivities(here.deps).reconcileDial, what);

const none = async () => [];

describe('a lost native dial', () => {
  it('is found through the conversation that carries its call_id, and adopted', async () => {
    here.deps.twilio = twilio({ callsTo: none });
    here.deps.elevenlabs = elevenlabs({
      conversationsOf: async () => [
        conversation({ call_id: `${BOOKING}.2`, conversation_id: 'conv_other' }),
        conversation(),
      ],
    });
    const evidence = {
      kind: 'conversation',
      id: 'e1',
      at: 'x',
      source: 'post_call',
      conversation_id: 'conv_1',
      status: 'failed',
    } as const;
    await here.deps.records.addUnclaimed({ conversation_id: 'conv_1', at: new Date(START).toISOString(), evidence });
    expect(await reconcile()).toEqual({
      verdict: 'found',
      call_sid: CALL_SID,
      conversation_id: 'conv_1',
      evidence: [{ ...evidence, call_id: CALL }],
    });
    expect(here.clock.slept).toEqual([]);
    expect(await here.deps.records.findAttempt({ call_sid: CALL_SID })).toBe(CALL);
    expect(await here.deps.records.evidence(BOOKING)).toEqual([{ ...evidence, call_id: CALL }]);
  });

  it('is found through Twilio alone while the other list lags, never as another attempt’s call', async () => {
    here.deps.twilio = twilio({ callsTo: async () => [call({ call_sid: 'CAearlier' }), call()] });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    expect(await reconcile(input({ known_call_sids: ['CAearlier'] }))).toEqual({
      verdict: 'found',
      call_sid: CALL_SID,
    });
  });

  it('is never the call of another booking, which rang the number a moment before', async () => {
    await here.deps.records.linkAttempt('bk_another1.1', { call_sid: 'CAbefore' });
    here.deps.twilio = twilio({ callsTo: async () => [call({ call_sid: 'CAbefore', status: 'busy' })] });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    expect(await reconcile()).toEqual({ verdict: 'absent' });
  });

  it('of two unknown calls the living one is it', async () => {
    here.deps.twilio = twilio({
      callsTo: async () => [call({ call_sid: 'CAdead', status: 'busy' }), call({ status: 'ringing' })],
    });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: down });
    expect(await reconcile()).toMatchObject({ verdict: 'found', call_sid: CALL_SID });
  });

  it('appears after a while', async () => {
    let asked = 0;
    here.deps.twilio = twilio({ callsTo: async () => (++asked > 4 ? [call()] : []) });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    expect(await reconcile()).toMatchObject({ verdict: 'found' });
    expect(here.clock.slept).toEqual([1_000, 1_000, 1_000, 2_000]);
  });

  it('is absent only after both denied it for the whole time', async () => {
    here.deps.twilio = twilio({ callsTo: none });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    expect(await reconcile()).toEqual({ verdict: 'absent' });
    expect(here.clock.now() - START).toBe(10_000);
  });

  it('is not absent while one of them gives no answer, and unreachable only when giving up is due', async () => {
    here.deps.twilio = twilio({ callsTo: down });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    expect(await reconcile(input({ give_up_at: new Date(START + 60_000).toISOString() }))).toEqual({
      verdict: 'unreachable',
      problem: { code: 'down', message: 'out of reach' },
    });
    expect(here.clock.now() - START).toBeGreaterThanOrEqual(60_000);
  });

  it('an answer that fails in between undoes no denial', async () => {
    let asked = 0;
    here.deps.twilio = twilio({ callsTo: async () => (++asked === 3 ? down() : []) });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    expect(await reconcile()).toEqual({ verdict: 'absent' });
    expect(here.clock.now() - START).toBe(10_000);
  });

  it('the proof goes on past the giving-up time while everybody answers', async () => {
    here.deps.twilio = twilio({ callsTo: none });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    expect(await reconcile(input({ give_up_at: new Date(START - 1).toISOString() }))).toEqual({ verdict: 'absent' });
    expect(here.clock.now() - START).toBe(10_000);
  });

  it('a provider that is not configured proves nothing', async () => {
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    expect(await reconcile(input({ give_up_at: new Date(START).toISOString() }))).toMatchObject({
      verdict: 'unreachable',
      problem: { code: 'not_configured' },
    });
  });

  it('a worker that takes over goes on from the denials of the last one, for the same dial only', async () => {
    here.deps.twilio = twilio({ callsTo: none });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    const long = { first: START - 60_000, last: START - 1_000 };
    const heartbeatDetails = { call_id: CALL, denials: { twilio: long, elevenlabs: long } };
    expect(await reconcile(input(), environment({ heartbeatDetails }))).toEqual({ verdict: 'absent' });
    expect(here.clock.slept).toEqual([]);
    await reconcile(input(), environment({ heartbeatDetails: { ...heartbeatDetails, call_id: `${BOOKING}.2` } }));
    expect(here.clock.slept.length).toBeGreaterThan(0);
  });

  it('the heartbeat says who denied it since when', async () => {
    here.deps.twilio = twilio({ callsTo: none });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    const beats: unknown[] = [];
    const env = environment();
    env.on('heartbeat', (details: unknown) => beats.push(details));
    await reconcile(input(), env);
    expect(beats.at(-1)).toMatchObject({ call_id: CALL, denials: {} });
  });

  it('asking ends when the activity is cancelled, even while a provider keeps silent', async () => {
    const env = environment();
    here.deps.twilio = twilio({ callsTo: none });
    here.deps.elevenlabs = elevenlabs({
      conversationsOf: () => {
        queueMicrotask(() => env.cancel());
        return new Promise(() => undefined);
      },
    });
    await expect(reconcile(input(), env)).rejects.toBeInstanceOf(CancelledFailure);
  });
});

describe('a lost bridged dial', () => {
  const bridged = input({ channel: 'bridge' });

  it('is absent when Twilio denies it, whatever ElevenLabs does', async () => {
    here.deps.twilio = twilio({ callsTo: none });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: () => new Promise(() => undefined) });
    expect(await reconcile(bridged)).toEqual({ verdict: 'absent' });
  });

  it('takes the conversation along when ElevenLabs told in time', async () => {
    let asked = 0;
    here.deps.twilio = twilio({ callsTo: async () => (++asked > 2 ? [call()] : []) });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: async () => [conversation({ call_sid: undefined })] });
    expect(await reconcile(bridged)).toEqual({ verdict: 'found', call_sid: CALL_SID, conversation_id: 'conv_1' });
  });

  it('takes no conversation along that was registered for it and joined to no call', async () => {
    let asked = 0;
    here.deps.twilio = twilio({ callsTo: async () => (++asked > 2 ? [call()] : []) });
    const left = conversation({ call_sid: undefined, status: 'initiated' });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: async () => [left] });
    const registered = input({ channel: 'registered' });
    expect(await reconcile(registered)).toEqual({ verdict: 'found', call_sid: CALL_SID });
  });

  it('a conversation alone is no call', async () => {
    here.deps.twilio = twilio({ callsTo: none });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: async () => [conversation({ call_sid: undefined })] });
    expect(await reconcile(bridged)).toEqual({ verdict: 'absent' });
  });

  it('is looked for among the calls of every number that it may have left from', async () => {
    // Accepted with one caller number, dialed from the next, looked for by a process that has a third.
    here.deps.accounts = { ...here.deps.accounts, caller: '+15005550009' };
    await here.deps.records.claimDial({
      call_id: CALL,
      run_id: 'run',
      channel: 'bridge',
      caller: '+15005550007',
      at: new Date(START).toISOString(),
      known: [1],
      phone_hashes: ['x'],
    });
    const asked: (string | undefined)[] = [];
    here.deps.twilio = twilio({
      callsTo: async (_phone, _since, caller) => {
        asked.push(caller);
        return caller === '+15005550007' ? [call({ from: caller })] : [];
      },
    });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: none });
    const found = await reconcile(input({ channel: 'bridge', caller: '+15005550006' }));
    expect(found).toMatchObject({ verdict: 'found', call_sid: CALL_SID });
    expect(asked).toEqual(['+15005550006', '+15005550009', '+15005550007']);
  });
});
