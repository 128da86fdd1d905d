import { describe, expect, it } from '@jest/globals';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { BridgeEvidence, ConversationEvidence, TranscriptDigest } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { callsOf, personReport } from '../../domain/leg.ts';
import { type BookingState, type Call, initialState } from '../../domain/state.ts';
import { weighAttempt } from '../../domain/weigh-attempt.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { finding, read, spoken, unread } from '../support/talks.ts';
import { bridged, report, status, talk } from '../support/world.ts';

const ENDED = START + 60_000;
const NOW = ENDED + 1_000;
const evidence = (one: BridgeEvidence | ConversationEvidence | ReturnType<typeof status>): Fact => ({
  type: 'evidence',
  evidence: one,
});

const dialed = (channel: PhoneChannel): BookingState =>
  folded(initialState(bookingInput()), [
    [START, { type: 'line_taken' }],
    [START, { type: 'dial_started', channel }],
    [START + 100, { type: 'dial_ended', n: 1, result: { proves: 'accepted', call_sid: 'CA1' } }],
    [START + 5_000, evidence(status(1, 'in-progress'))],
  ]);
/** A bridged call with these sessions, one after the other. */
const joined = (...sessions: string[]): BookingState =>
  folded(
    dialed('bridge'),
    sessions.map((conversation_id, index) => [
      START + 6_000 + index,
      evidence(bridged(1, 'stream_started', { conversation_id })),
    ]),
  );
const ended = (state: BookingState): BookingState => folded(state, [[ENDED, evidence(status(1, 'completed'))]]);
const over = (state: BookingState, transcript?: TranscriptDigest): BookingState =>
  folded(state, [[ENDED, evidence(bridged(1, 'talk_ended', { transcript }))]]);

const told = (state: BookingState, more: Partial<ConversationEvidence> = {}): Call =>
  callsOf(folded(state, [[NOW, evidence(talk(1, more))]]))[0]!;

describe('the record of one session', () => {
  const WHOLE = { conversation_status: 'done', record_source: 'post_call', transcript: { source: 'post_call' } };
  const isPart = (attempt: Call): void => {
    expect(attempt.conversation_status).toBeUndefined();
    expect(attempt.record_source).toBeUndefined();
    expect(attempt.transcript).toBeUndefined();
    expect(attempt.part_talks).toEqual({ conv_1: spoken.talk });
  };

  it('speaks for the whole talk of a native call, which is one conversation', () => {
    expect(told(dialed('native'))).toMatchObject({ ...WHOLE, conversation_over_at: NOW });
  });

  it('speaks for the whole talk of a bridged call that had it alone, once the leg or the talk is over', () => {
    expect(told(ended(joined('conv_1')))).toMatchObject({ ...WHOLE, conversation_over_at: NOW });
    expect(told(over(joined('conv_1')))).toMatchObject({ ...WHOLE, conversation_over_at: ENDED });
  });

  it('is a part while the bridged call goes on: a second session may follow', () => {
    const attempt = told(joined('conv_1'));
    isPart(attempt);
    expect(attempt.conversation_over_at).toBeUndefined();
  });

  it('is a part of a bridged call that had two', () => {
    isPart(told(ended(joined('conv_1', 'conv_2'))));
    isPart(told(ended(joined('conv_2', 'conv_1'))));
  });

  it('is a part of a bridged call that is known by another conversation', () => {
    isPart(told(ended(joined('conv_2'))));
  });

  it('names a bridged call that has no conversation yet, and never renames one', () => {
    const first = told(ended(dialed('bridge')));
    expect(first).toMatchObject({ conversation_id: 'conv_1', ...WHOLE });
    expect(told(ended(joined('conv_2'))).conversation_id).toBe('conv_2');
    const native = folded(dialed('native'), [[NOW, evidence(talk(1, { conversation_id: 'conv_0' }))]]);
    expect(told(native).conversation_id).toBe('conv_1');
  });
});

describe('of two transcripts of a bridged talk', () => {
  const here = read(finding({ called_on: '2026-11-23' }), { business_turns_after_greeting: 2 });
  const there = (turns: number): TranscriptDigest =>
    read(finding({ called_on: '2026-11-24' }), { business_turns_after_greeting: turns });
  const bridgesOwn = (): BookingState => over(joined('conv_1'), here);

  it('the bridge’s own is kept where the provider’s has as many turns or fewer, which is read beside it', () => {
    for (const turns of [1, 2]) {
      const attempt = told(bridgesOwn(), { transcript: there(turns) });
      expect(attempt.transcript).toEqual({ source: 'bridge', digest: here });
      expect(attempt.other_talk).toEqual(there(turns).talk);
    }
  });

  it('the provider’s is kept where it has more, and the bridge’s own is read beside it', () => {
    const attempt = told(bridgesOwn(), { transcript: there(3) });
    expect(attempt.transcript).toEqual({ source: 'post_call', digest: there(3) });
    expect(attempt.other_talk).toEqual(here.talk);
  });

  it('a later one that nobody has read takes nothing away', () => {
    const both = folded(bridgesOwn(), [[NOW, evidence(talk(1, { transcript: there(1) }))]]);
    expect(told(both, { transcript: unread }).other_talk).toEqual(there(1).talk);
  });
});

describe('of two records of the provider', () => {
  const native = (transcript: TranscriptDigest): BookingState =>
    folded(dialed('native'), [[NOW, evidence(talk(1, { source: 'poll', transcript }))]]);
  const later = read(finding({ called_on: '2026-11-24' }), { business_turns_after_greeting: 9 });

  it('the first stands once it was read', () => {
    expect(told(native(spoken), { transcript: later }).transcript).toEqual({ source: 'conversation', digest: spoken });
  });

  it('the second takes the place of one that was not, if it was read itself', () => {
    expect(told(native(unread), { transcript: later }).transcript).toEqual({ source: 'post_call', digest: later });
    const alike = { ...unread, agent_turns: 9 };
    expect(told(native(unread), { transcript: alike }).transcript).toEqual({ source: 'conversation', digest: unread });
  });
});

describe('the records of all sessions', () => {
  const quiet: TranscriptDigest = { agent_turns: 1, business_turns: 0, business_turns_after_greeting: 0 };
  const menu = read(
    finding({
      date: undefined,
      time: undefined,
      agreement: undefined,
      voices: { automaton: 'menu', turn: 1, only: true },
    }),
  );
  const recorded = (...records: [conversation_id: string, transcript: TranscriptDigest][]): Call =>
    callsOf(
      folded(ended(joined('conv_1', 'conv_2')), [
        [ENDED + 100, { type: 'evidence', evidence: report(1, { result: 'no_availability' }) }],
        ...records.map(
          ([conversation_id, transcript]) =>
            [NOW, evidence(talk(1, { conversation_id, transcript }))] as [number, Fact],
        ),
      ]),
    )[0]!;

  it('show that an automaton was all that was heard, where the whole transcript is lost', () => {
    expect(personReport(recorded(['conv_1', quiet], ['conv_2', menu]))).toBeUndefined();
    expect(personReport(recorded(['conv_1', menu], ['conv_2', menu]))).toBeUndefined();
  });

  it('show nothing where one is missing, or somebody else speaks in it', () => {
    for (const call of [recorded(['conv_2', menu]), recorded(['conv_1', spoken], ['conv_2', menu])])
      expect(personReport(call)).toMatchObject({ result: 'no_availability' });
  });

  it('carry no appointment where nobody but the agent spoke in them, though the end of the call was never proved', () => {
    const alone = told(joined('conv_1'), { transcript: quiet });
    expect(alone).toMatchObject({ leg: 'live', quiet_parts: ['conv_1'] });
    const claim = { result: 'confirmed', confirmed_date: '2026-12-01', confirmed_time: '16:00' } as const;
    expect(weighAttempt(bookingInput().order, alone, claim)).toMatchObject({
      carried: false,
      doubts: [{ code: 'no_person' }],
    });
  });

  it('are asked for again by a name that came after the last look', () => {
    const asked = folded(dialed('bridge'), [[NOW, { type: 'asked_once_more', n: 1 }]]);
    expect(callsOf(asked)[0]!.asked_once_more_at).toBe(NOW);
    const named = folded(asked, [[NOW + 10, evidence(bridged(1, 'stream_started', { conversation_id: 'conv_1' }))]]);
    expect(callsOf(named)[0]!.asked_once_more_at).toBeUndefined();
  });
});
