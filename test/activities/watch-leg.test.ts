import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { createActivities } from '../../activities/index.ts';
import type { WatchInput } from '../../activities/interface.ts';
import type { ConversationEvidence, Evidence } from '../../domain/evidence.ts';
import { CALL, CALL_SID } from '../providers/samples.ts';
import { AGREED_TURNS } from '../support/talks.ts';
import { call, conversation, down, elevenlabs, environment, twilio, type World, world } from './world.ts';

let here: World;

beforeEach(async () => {
  here = await world();
});
afterEach(() => here.end());

const input = (known: Partial<WatchInput['known']> = {}, more: Partial<WatchInput> = {}): WatchInput => ({
  call_id: CALL,
  channel: 'native',
  call_sid: CALL_SID,
  conversation_id: 'conv_1',
  known: { leg_ended: false, answered: false, ...known },
  ...more,
});

const watch = (what: WatchInput): Promise<Evidence[]> => environment().run(createActivities(here.deps).watchLeg, what);

async function failureOf(what: WatchInput): Promise<ApplicationFailure> {
  const failure = await watch(what).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ApplicationFailure);
  return failure as ApplicationFailure;
}

describe('a look at a call of the business', () => {
  const inbound = (call_sid: string, known: Partial<WatchInput['known']> = {}) =>
    input(known, { call_id: `${CALL.split('.')[0]}.9001`, channel: 'bridge', call_sid, max_call_seconds: 240 });
  const limits: [string, number][] = [];
  const answering = (limit: (sid: string, seconds: number) => Promise<void>) => {
    limits.length = 0;
    here.deps.twilio = twilio({
      call: async () => call({ status: 'in-progress' }),
      limit: async (sid, seconds) => {
        limits.push([sid, seconds]);
        return limit(sid, seconds);
      },
    });
  };

  it('gives it the cap of a dial, once', async () => {
    answering(async () => undefined);
    await watch(inbound('CA_capped'));
    await watch(inbound('CA_capped'));
    expect(limits).toEqual([['CA_capped', 240]]);
  });

  it('brings its news though the cap was refused, and tries that again', async () => {
    answering(down);
    expect(await watch(inbound('CA_refused'))).toMatchObject([{ kind: 'call_status', status: 'in-progress' }]);
    expect(here.logged.map(({ message }) => message)).toContain('could not limit the length of a call of the business');
    answering(async () => undefined);
    await watch(inbound('CA_refused'));
    expect(limits).toEqual([['CA_refused', 240]]);
  });

  it('leaves a call that is over alone, and a call of ours', async () => {
    answering(async () => undefined);
    await watch(input({}, { channel: 'bridge', call_sid: 'CA_ours', max_call_seconds: 240 }));
    await failureOf(inbound('CA_over', { leg_ended: true, answered: true, conversation_status: 'done' }));
    expect(limits).toEqual([]);
  });
});

describe('a look at a native leg', () => {
  it('tells what both providers know beyond what is known', async () => {
    here.deps.twilio = twilio({ call: async () => call({ status: 'in-progress', answered_by: 'human' }) });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation({ status: 'in-progress' }) });
    const news = await watch(input({ call_status: 'ringing', conversation_status: 'initiated' }));
    expect(news).toMatchObject([
      { kind: 'call_status', source: 'poll', call_id: CALL, status: 'in-progress', answered_by: 'human' },
      { kind: 'conversation', source: 'poll', call_id: CALL, status: 'in-progress' },
    ]);
    // A talk that goes on has no last word yet.
    expect(news[1]).toMatchObject({ report: undefined, transcript: undefined });
    expect(await here.deps.records.turnsOf(CALL)).toEqual([]);
  });

  it('keeps the transcript of a talk that is over, and brings its report', async () => {
    here.deps.twilio = twilio({ call: async () => call({ status: 'completed', duration_seconds: 41 }) });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation() });
    const news = await watch(input({ call_status: 'in-progress', conversation_status: 'in-progress', answered: true }));
    expect(news).toMatchObject([
      { status: 'completed', duration_seconds: 41 },
      { status: 'done', report: { result: 'declined' }, transcript: { business_turns_after_greeting: 1 } },
    ]);
    expect(await here.deps.records.turnsOf(CALL)).toHaveLength(2);
  });

  it.each([
    [{ call_status: 'initiated' }, 'queued'],
    [{ call_status: 'ringing' }, 'ringing'],
    [{ call_status: 'in-progress', answered: true }, 'ringing'],
  ] as const)('known %j, told %s: nothing new, and a read that lags is no step back', async (known, status) => {
    here.deps.twilio = twilio({ call: async () => call({ status }) });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation({ status: 'in-progress' }) });
    const failure = await failureOf(input({ conversation_status: 'in-progress', ...known }));
    expect(failure).toMatchObject({
      type: 'NothingNew',
      category: ApplicationFailureCategory.BENIGN,
      nonRetryable: false,
    });
  });

  it.each([
    [{}, 5_000],
    [{ answered: true }, 15_000],
    [{ answered: true, leg_ended: true }, 2_000],
  ])('known %j: again after %i ms', async (known, delay) => {
    here.deps.twilio = twilio({ call: async () => undefined });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => undefined });
    expect((await failureOf(input(known))).nextRetryDelay).toBe(delay);
  });

  it('a call that Twilio does not know is no news', async () => {
    here.deps.twilio = twilio({ call: async () => undefined });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation({ status: 'initiated' }) });
    expect(await watch(input())).toMatchObject([{ kind: 'conversation', status: 'initiated' }]);
  });

  it('an end is told as long as it is not proved, even when the word is known', async () => {
    here.deps.twilio = twilio({ call: async () => call({ status: 'completed' }) });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => undefined });
    expect(await watch(input({ call_status: 'completed' }))).toMatchObject([{ status: 'completed' }]);
  });

  it('an ended leg and a finished talk are not asked about again', async () => {
    here.deps.twilio = twilio();
    here.deps.elevenlabs = elevenlabs();
    const failure = await failureOf(input({ leg_ended: true, answered: true, conversation_status: 'done' }));
    expect(failure.type).toBe('NothingNew');
  });

  it('what one provider tells counts though the other is out of reach', async () => {
    here.deps.twilio = twilio({ call: down });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation({ status: 'processing' }) });
    expect(await watch(input())).toMatchObject([{ kind: 'conversation', status: 'processing' }]);
  });

  it('out of reach and nothing else is worth a retry', async () => {
    here.deps.twilio = twilio({ call: down });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => undefined });
    expect(await failureOf(input())).toMatchObject({
      type: 'ProviderUnreachable',
      nonRetryable: false,
      nextRetryDelay: 5_000,
      details: [{ code: 'down', message: 'out of reach' }],
    });
  });

  it('that was adopted without a conversation finds it by its call_id', async () => {
    here.deps.twilio = twilio({ call: async () => call({ status: 'ringing' }) });
    here.deps.elevenlabs = elevenlabs({
      conversationsOf: async () => [
        conversation({ call_id: 'bk_other99.1' }),
        conversation({ conversation_id: 'conv_2', status: 'in-progress' }),
      ],
    });
    const news = await watch(input({ call_status: 'ringing' }, { conversation_id: undefined }));
    expect(news).toMatchObject([{ kind: 'conversation', conversation_id: 'conv_2' }]);
  });
});

describe('a look at a bridged leg', () => {
  const bridge = { channel: 'bridge' } as const;

  it('asks Twilio alone while the leg lives: the bridge itself tells of the talk', async () => {
    here.deps.twilio = twilio({ call: async () => call({ status: 'ringing' }) });
    here.deps.elevenlabs = elevenlabs();
    expect(await watch(input({}, bridge))).toMatchObject([{ kind: 'call_status', status: 'ringing' }]);
  });

  it('asks ElevenLabs alone once the leg has ended', async () => {
    here.deps.twilio = twilio();
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation() });
    const news = await watch(input({ leg_ended: true, answered: true }, bridge));
    expect(news).toMatchObject([{ kind: 'conversation', status: 'done' }]);
  });

  it('without a conversation there is nobody to ask', async () => {
    here.deps.elevenlabs = elevenlabs();
    const failure = await failureOf(input({ leg_ended: true }, { ...bridge, conversation_id: undefined }));
    expect(failure.type).toBe('NothingNew');
  });
});

describe('a look at a registered leg', () => {
  const registered = { channel: 'registered', conversation_id: undefined } as const;
  const left = conversation({ conversation_id: 'conv_left', status: 'initiated', call_sid: undefined, turns: [] });
  const joined = conversation({ conversation_id: 'conv_joined', status: 'in-progress' });

  it.each([
    ['newest', [left, joined]],
    ['oldest', [joined, left]],
  ])('takes the conversation that was joined to its call; the %s one never was', async (_, all) => {
    here.deps.twilio = twilio({ call: async () => call({ status: 'ringing' }) });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: async () => all });
    const news = await watch(input({ call_status: 'ringing' }, { ...registered, media: 'provider' }));
    expect(news).toMatchObject([{ kind: 'conversation', conversation_id: 'conv_joined', call_sid: CALL_SID }]);
  });

  it('looks for another one where that which was named was registered in vain', async () => {
    here.deps.twilio = twilio({ call: async () => call({ status: 'ringing' }) });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => left, conversationsOf: async () => [left, joined] });
    const named = { ...registered, media: 'provider', conversation_id: 'conv_left' } as const;
    expect(await watch(input({ call_status: 'ringing' }, named))).toMatchObject([{ conversation_id: 'conv_joined' }]);
  });

  it('does not end its last look while ElevenLabs has the sound and lists no conversation yet', async () => {
    here.deps.elevenlabs = elevenlabs({ conversationsOf: async () => [] });
    const last = { ...registered, media: 'provider', once_more: true } as const;
    expect((await failureOf(input({ leg_ended: true, answered: true }, last))).type).toBe('NothingNew');
  });

  it('has nothing to tell of a conversation that no call has joined yet', async () => {
    here.deps.twilio = twilio({ call: async () => call({ status: 'ringing' }) });
    here.deps.elevenlabs = elevenlabs({ conversationsOf: async () => [left] });
    expect((await failureOf(input({ call_status: 'ringing' }, registered))).type).toBe('NothingNew');
  });

  it('asks Twilio alone while our bridge has the sound', async () => {
    here.deps.twilio = twilio({ call: async () => call({ status: 'ringing' }) });
    here.deps.elevenlabs = elevenlabs();
    const news = await watch(input({}, { ...registered, media: 'bridge' }));
    expect(news).toMatchObject([{ kind: 'call_status', status: 'ringing' }]);
  });
});

describe('the words of a talk', () => {
  const said = conversation({ started_at: '2026-11-24T02:59:00.000Z' });
  const over = { leg_ended: true, answered: true };

  it('are read on the local day of the call', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: async () => said });
    const news = await watch(input(over));
    expect(news).toMatchObject([{ transcript: { business_turns: 1, talk: { called_on: '2026-11-23' } } }]);
  });

  it('are read on the day of our dial where the provider’s clock cannot be right', async () => {
    const lost = { ...said, started_at: '1970-01-01T00:00:01.000Z' };
    here.deps.elevenlabs = elevenlabs({ conversation: async () => lost });
    expect(await watch(input(over))).toMatchObject([{ transcript: { talk: { called_on: '2026-11-23' } } }]);
  });

  it('say what was agreed, by the turns that are kept', async () => {
    const turns = AGREED_TURNS.map((turn) => ({ ...turn, at_seconds: turn.at_seconds! }));
    here.deps.elevenlabs = elevenlabs({ conversation: async () => ({ ...said, turns }) });
    const [news] = await watch(input(over));
    expect(news).toMatchObject({
      transcript: {
        talk: {
          readable: true,
          level: 'stated',
          date: { values: ['2026-11-25'], role: 'business' },
          time: { values: ['16:00'], role: 'business' },
          doubts: [],
        },
      },
    });
    const { agreement } = (news as ConversationEvidence).transcript!.talk!;
    const kept = await here.deps.records.turnsOf(CALL);
    expect(kept[agreement!.turn]).toMatchObject({ role: 'business', at_seconds: agreement!.at_seconds });
    expect(kept[agreement!.turn]!.message).toContain(agreement!.text);
  });

  it('that were never read are asked for though the record is known, as a fact of its own', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: async () => said });
    const first = await watch(input(over));
    const news = await watch(input({ ...over, conversation_status: 'done', unread: true }));
    expect(news).toMatchObject([{ status: 'done', report: { result: 'declined' }, transcript: { talk: {} } }]);
    expect(news[0]!.id).not.toBe(first[0]!.id);
  });

  it('stay unread without the database, and are asked for again', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: async () => said });
    here.deps.records = { ...here.deps.records, booking: () => Promise.reject(new Error('connect ECONNREFUSED')) };
    const [record] = await watch(input(over));
    expect(record).toMatchObject({ status: 'done', transcript: { business_turns: 1 } });
    expect(record).not.toHaveProperty('transcript.talk.called_on');
    const unread = input({ ...over, conversation_status: 'done', unread: true });
    expect((await failureOf(unread)).type).toBe('NothingNew');
    expect((await failureOf({ ...unread, once_more: true })).type).toBe('NothingNew');
  });
});

describe('without the database', () => {
  it('brings the record of the talk, though its words cannot be stored', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation() });
    here.deps.records = {
      ...here.deps.records,
      putTranscript: () => Promise.reject(new Error('connect ECONNREFUSED')),
    };
    const news = await watch(input({ leg_ended: true, answered: true }, { call_sid: undefined }));
    expect(news).toMatchObject([{ kind: 'conversation', status: 'done', report: { result: 'declined' } }]);
  });
});

describe('the last look', () => {
  const last = (known: Partial<WatchInput['known']> = {}, more: Partial<WatchInput> = {}): WatchInput =>
    input({ leg_ended: true, answered: true, ...known }, { once_more: true, ...more });

  it('comes to an end when there is nothing', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: async () => undefined });
    expect(await watch(last())).toEqual([]);
    expect(await watch(last({ conversation_status: 'done' }))).toEqual([]);
  });

  it('brings what there is, also of a bridged call whose end nobody proved', async () => {
    here.deps.twilio = twilio({ call: async () => undefined });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation() });
    const news = await watch(last({ leg_ended: false }, { channel: 'bridge' }));
    expect(news).toMatchObject([{ kind: 'conversation', status: 'done', report: { result: 'declined' } }]);
  });

  it('waits for the list of the provider that carried the sound of a call whose conversation nobody could name', async () => {
    here.deps.elevenlabs = elevenlabs({ conversationsOf: async () => [] });
    const failure = await failureOf(last({}, { channel: 'native', conversation_id: undefined }));
    expect(failure).toMatchObject({ type: 'NothingNew' });
  });

  it('waits for a provider that is still at work on the talk', async () => {
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation({ status: 'processing' }) });
    expect(await failureOf(last())).toMatchObject({ type: 'NothingNew' });
  });

  it('waits for no other provider once it has the talk’s record', async () => {
    here.deps.twilio = twilio({ call: down });
    here.deps.elevenlabs = elevenlabs({ conversation: async () => conversation() });
    const news = await watch(last({ leg_ended: false }, { channel: 'bridge' }));
    expect(news).toMatchObject([{ kind: 'conversation', status: 'done', report: { result: 'declined' } }]);
  });

  it('wants the answer of both providers', async () => {
    here.deps.twilio = twilio({ call: async () => call({ status: 'completed' }) });
    here.deps.elevenlabs = elevenlabs({ conversation: down });
    expect(await failureOf(last({ leg_ended: false }))).toMatchObject({ type: 'ProviderUnreachable' });
  });
});
