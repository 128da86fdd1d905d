import { describe, expect, it } from '@jest/globals';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { CallStatus, Evidence } from '../../domain/evidence.ts';
import { callsOf } from '../../domain/leg.ts';
import { type Call, initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { finding, read, unread } from '../support/talks.ts';
import { accepted, bridged, report, silence, sound, spoken, status, talk } from '../support/world.ts';

const LATER = START + 60_000;
/** A call that the provider took, after the evidence, one piece a second. */
function call(channel: PhoneChannel, ...evidence: Evidence[]): Call {
  const dialed = folded(initialState(bookingInput()), [
    [START, { type: 'dial_started', channel }],
    [START, { type: 'dial_ended', n: 1, result: accepted(1) }],
  ]);
  const state = folded(
    dialed,
    evidence.map((one, i) => [LATER + i * 1_000, { type: 'evidence', evidence: one }]),
  );
  return callsOf(state)[0]!;
}
const native = (...evidence: Evidence[]) => call('native', ...evidence);
const overBridge = (...evidence: Evidence[]) => call('bridge', ...evidence);

describe('the carrier’s word on a call', () => {
  it.each<[CallStatus, boolean, boolean]>([
    ['queued', false, false],
    ['initiated', false, false],
    ['ringing', true, false],
    ['in-progress', true, true],
    ['completed', true, true],
    ['busy', true, false],
    ['no-answer', true, false],
    ['failed', false, false],
    ['canceled', false, false],
  ])('%s: that it rang is %s, that it was answered %s', (value, rang, answered) => {
    const { rang: hasRung, answered_at } = native(status(1, value));
    expect([hasRung, answered_at]).toEqual([rang, answered ? LATER : undefined]);
  });

  it('never goes back: what comes late or twice changes neither its state nor its times', () => {
    const answered = native(status(1, 'in-progress'), status(1, 'ringing'), status(1, 'in-progress'));
    expect(answered).toMatchObject({ call_status: 'in-progress', answered_at: LATER, leg: 'live' });
    const over = native(status(1, 'completed', { duration_seconds: 9 }), status(1, 'in-progress'), status(1, 'busy'));
    expect(over).toMatchObject({
      call_status: 'completed',
      leg: 'ended',
      ended_at: LATER,
      end_status: 'completed',
      duration_seconds: 9,
    });
  });

  it('may bring its length after its end, and never another one', () => {
    const late = native(status(1, 'completed'), status(1, 'completed', { duration_seconds: 9 }));
    expect([late.duration_seconds, late.ended_at]).toEqual([9, LATER]);
    const again = native(
      status(1, 'completed', { duration_seconds: 9 }),
      status(1, 'completed', { duration_seconds: 10 }),
    );
    expect(again.duration_seconds).toBe(9);
  });

  it.each([404, 484, 604])('of a failed call with SIP %d means that the number cannot ring', (sip_code) => {
    expect(native(status(1, 'failed', { sip_code }))).toMatchObject({
      no_ring: 'number_refused',
      sip_code,
      problem: { code: `sip_${sip_code}` },
    });
    expect(native(status(1, 'no-answer', { sip_code })).no_ring).toBeUndefined();
    expect(native(status(1, 'failed', { sip_code: 503 })).no_ring).toBeUndefined();
  });

  it('may bring the network’s answer after the end, and keeps the first one', () => {
    const late = native(status(1, 'failed'), status(1, 'failed', { sip_code: 404 }));
    expect(late).toMatchObject({ no_ring: 'number_refused', sip_code: 404, ended_at: LATER });
    expect(native(status(1, 'failed', { sip_code: 503 }), status(1, 'failed', { sip_code: 500 })).sip_code).toBe(503);
  });

  it.each(['machine_start', 'machine_end_beep', 'machine_end_silence', 'fax'])('%s is a machine', (answered_by) => {
    expect(native(status(1, 'in-progress', { answered_by })).machine).toBe(true);
  });

  it.each(['human', 'unknown', 'machine_end_other', 'not_machine_start', 'faxes'])('%s is none', (answered_by) => {
    expect(native(status(1, 'in-progress', { answered_by })).machine).toBe(false);
  });

  it('of a poll is the time at which somebody was asked; of a callback it is not', () => {
    expect(native(status(1, 'ringing', { source: 'poll' })).asked_at).toBe(LATER);
    const told = native(status(1, 'ringing'));
    expect([told.asked_at, told.heard_at]).toEqual([undefined, LATER]);
  });
});

describe('reports', () => {
  it('that are the same count once, and the others in their order', () => {
    const other = report(1, { confirmed_time: '17:00' });
    const { reports } = native(report(1), report(1), other, other);
    expect(reports.map(({ report: { confirmed_time }, at }) => [confirmed_time, at])).toEqual([
      ['16:00', LATER],
      ['17:00', LATER + 2_000],
    ]);
    expect(native(report(1), other, report(1)).reports).toHaveLength(3);
  });

  it('are of the call as long as it has not ended', () => {
    const inCall = (...evidence: Evidence[]) => native(...evidence).reports.map(({ in_call }) => in_call);
    expect(inCall(report(1), status(1, 'completed'), report(1, { confirmed_time: '17:00' }))).toEqual([true, false]);
  });

  it('of a time that counts from the talk keep when they were made, which is not after they came', () => {
    const made = (at: number) =>
      native(
        report(1, { result: 'callback_requested', callback_time: 'in an hour' } as never, {
          at: new Date(at).toISOString(),
        }),
      ).reports[0]!.made_at;
    expect(made(LATER - 5_000)).toBe(LATER - 5_000);
    expect(made(LATER + 5_000)).toBe(LATER);
    expect(native(report(1)).reports[0]).not.toHaveProperty('made_at');
  });
});

describe('the provider’s record of a call', () => {
  it('of the provider’s own audio stands for the whole talk, and ends it', () => {
    expect(native(talk(1))).toMatchObject({
      conversation_status: 'done',
      conversation_over_at: LATER,
      record_source: 'post_call',
      transcript: { source: 'post_call' },
      answered_at: LATER,
      rang: true,
    });
    expect(native(talk(1, { source: 'poll' }))).toMatchObject({
      record_source: 'conversation',
      transcript: { source: 'conversation' },
      asked_at: LATER,
    });
  });

  it('that is not final has neither transcript nor source, though the talk may be over', () => {
    const processing = native(talk(1, { status: 'processing' }));
    expect(processing).toMatchObject({ conversation_status: 'processing', conversation_over_at: LATER });
    expect([processing.transcript, processing.record_source]).toEqual([undefined, undefined]);
    const talking = native(talk(1, { status: 'in-progress', transcript: undefined, call_result: undefined }));
    expect([talking.conversation_over_at, talking.answered_at]).toEqual([undefined, undefined]);
  });

  it('stays final, and keeps the time at which the talk was over', () => {
    const late = native(talk(1), talk(1, { status: 'in-progress' }));
    expect(late).toMatchObject({ conversation_status: 'done', conversation_over_at: LATER });
    const then = native(talk(1, { status: 'processing' }), talk(1));
    expect(then).toMatchObject({ conversation_status: 'done', conversation_over_at: LATER });
  });

  it.each<[string, Partial<Parameters<typeof talk>[1]>, boolean, boolean]>([
    ['words of the business', { call_result: undefined, transcript: spoken }, true, false],
    ['an answer', { call_result: 'answered', transcript: silence }, true, false],
    ['a voicemail', { call_result: 'voicemail', transcript: silence }, true, true],
    ['a busy line', { call_result: 'busy', transcript: silence }, false, false],
    ['no words at all', { call_result: undefined, transcript: undefined }, false, false],
  ])('with %s: that it was answered is %j, by a machine %j', (_, more, answered, machine) => {
    const heard = native(talk(1, more));
    expect([heard.answered_at !== undefined, heard.rang, heard.machine]).toEqual([answered, answered, machine]);
  });

  it('says since when the agent waits on hold, until somebody comes back', () => {
    const hold = (on_hold?: boolean) =>
      talk(1, { status: 'in-progress', transcript: undefined, call_result: undefined, on_hold });
    expect(native(hold(true), hold(true)).on_hold_since).toBe(LATER);
    expect(native(hold(true), hold()).on_hold_since).toBe(LATER);
    expect(native(hold(true), hold(false)).on_hold_since).toBeUndefined();
    // The final record says nothing of a hold: somebody came back.
    expect(native(hold(true), talk(1)).on_hold_since).toBeUndefined();
    expect(native(hold(true), talk(1, { on_hold: true })).on_hold_since).toBe(LATER);
    expect(overBridge(hold(true)).on_hold_since).toBeUndefined();
  });

  it('counts with the first reading of its words', () => {
    const first = read(finding({ level: 'stated' }));
    const second = read(finding({ doubts: [{ code: 'hedged', cites: [] }] }));
    const digest = (...records: Evidence[]) => native(...records).transcript?.digest;
    expect(digest(talk(1, { transcript: first }), talk(1, { transcript: second }))).toEqual(first);
    expect(digest(talk(1, { transcript: unread }), talk(1, { transcript: second }))).toEqual(second);
    expect(digest(talk(1, { transcript: second }), talk(1, { transcript: unread }))).toEqual(second);
  });

  it('has one report and one source, those that came first', () => {
    const told = (confirmed_time: string) => report(1, { confirmed_time }).report;
    const found = native(talk(1, { report: told('16:00') }), talk(1, { source: 'poll', report: told('17:00') }));
    expect(found.found_report).toMatchObject({ report: { confirmed_time: '16:00' }, source: 'post_call' });
    expect(found.record_source).toBe('post_call');
  });

  it('gives the length of a call that has ended without one', () => {
    expect(native(status(1, 'completed'), talk(1, { duration_seconds: 30 })).duration_seconds).toBe(30);
    expect(native(talk(1, { duration_seconds: 30 })).duration_seconds).toBeUndefined();
  });
});

describe('the provider’s record of a bridged call', () => {
  const own = (digest: Parameters<typeof read>[0], more = {}) =>
    bridged(1, 'talk_ended', { transcript: read(digest, more) });
  const LONG = { business_turns_after_greeting: 5 };

  it('stands for the whole talk only after its end, and if there was one session', () => {
    const started = bridged(1, 'stream_started', { conversation_id: 'conv_1' });
    const again = bridged(1, 'stream_started', { conversation_id: 'conv_2' });
    expect(overBridge(started, talk(1)).transcript).toBeUndefined();
    expect(overBridge(started, status(1, 'completed'), talk(1)).transcript?.source).toBe('post_call');
    expect(overBridge(started, bridged(1, 'talk_ended'), talk(1)).transcript?.source).toBe('post_call');
    const two = overBridge(started, again, status(1, 'completed'), talk(1));
    expect([two.transcript, two.record_source]).toEqual([undefined, undefined]);
    expect(Object.keys(two.part_talks ?? {})).toEqual(['conv_1']);
  });

  it('of one of several sessions in which only the agent speaks is a quiet part, once', () => {
    const parts = ['conv_1', 'conv_2'].map((conversation_id) => bridged(1, 'stream_started', { conversation_id }));
    const quiet = talk(1, { transcript: silence, call_result: undefined });
    expect(overBridge(...parts, status(1, 'completed'), quiet, quiet).quiet_parts).toEqual(['conv_1']);
  });

  it('replaces the bridge’s own transcript only if it has more words, and the other reading counts too', () => {
    const poorer = finding({ level: 'stated' });
    const richer = finding({ doubts: [{ code: 'hedged', cites: [] }] });
    const end = status(1, 'completed');
    const longer = overBridge(own(poorer), end, talk(1, { transcript: read(richer, LONG) }));
    expect(longer.transcript).toMatchObject({ source: 'post_call', digest: { talk: richer } });
    expect(longer.other_talk).toEqual(poorer);
    const equal = overBridge(own(poorer), end, talk(1, { transcript: read(richer) }));
    expect(equal.transcript).toMatchObject({ source: 'bridge', digest: { talk: poorer } });
    expect(equal.other_talk).toEqual(richer);
    const before = overBridge(end, talk(1, { transcript: read(richer) }), own(poorer));
    expect(before.transcript).toMatchObject({ source: 'post_call' });
    expect(before.other_talk).toEqual(poorer);
    expect(overBridge(end, talk(1, { transcript: unread }), own(poorer)).transcript).toMatchObject({
      source: 'bridge',
    });
  });
});

describe('the bridge’s word on a call', () => {
  it('that the stream and the agent are joined is its answer, and the end of a hold', () => {
    const joined = bridged(1, 'stream_started', { conversation_id: 'conv_1' });
    expect(overBridge(joined, joined)).toMatchObject({
      stream_started: true,
      sessions: ['conv_1'],
      rang: true,
      answered_at: LATER,
      leg: 'live',
    });
    const held = overBridge(joined, bridged(1, 'on_hold'), bridged(1, 'on_hold'));
    expect(held.on_hold_since).toBe(LATER + 1_000);
    expect(overBridge(joined, bridged(1, 'on_hold'), bridged(1, 'off_hold')).on_hold_since).toBeUndefined();
    expect(overBridge(joined, bridged(1, 'on_hold'), joined).on_hold_since).toBeUndefined();
    expect(overBridge(bridged(1, 'stream_started')).sessions).toEqual([]);
  });

  it('that no agent came is no answer, but that the apology was spoken is one', () => {
    const problem = { code: 'x', message: 'x' };
    expect(overBridge(bridged(1, 'agent_failed', { problem }))).toMatchObject({
      agent_failed: true,
      rang: false,
      problem,
    });
    expect(overBridge(bridged(1, 'silent'))).toMatchObject({ agent_failed: true, rang: true, answered_at: LATER });
    expect(overBridge(status(1, 'in-progress'), bridged(1, 'silent')).answered_at).toBe(LATER);
  });

  it('that a stream was lost is no end, and that the talk ended is none of the leg', () => {
    const lost = overBridge(bridged(1, 'stream_started'), bridged(1, 'stream_lost'));
    expect([lost.conversation_over_at, lost.leg]).toEqual([undefined, 'live']);
    const over = overBridge(bridged(1, 'stream_started'), bridged(1, 'talk_ended'));
    expect([over.conversation_over_at, over.leg]).toEqual([LATER + 1_000, 'live']);
  });
});

describe('a registered call', () => {
  const registered = (...evidence: Evidence[]) => call('registered', ...evidence);
  it('is the provider’s if its instructions came in time, and its conversation is then known', () => {
    const joined = registered(sound(1, 'provider', { conversation_id: 'conv_r' }));
    expect(joined).toMatchObject({ media: 'provider', conversation_id: 'conv_r', rang: true, answered_at: LATER });
    expect(joined.bridged_at).toBeUndefined();
  });

  it('is the bridge’s once the bridge has it, whatever comes later', () => {
    const fallen = registered(sound(1, 'bridge'), sound(1, 'provider', { conversation_id: 'conv_r' }));
    expect(fallen).toMatchObject({ media: 'bridge', bridged_at: LATER });
    expect(fallen.conversation_id).toBeUndefined();
    expect(registered(bridged(1, 'stream_started'))).toMatchObject({ media: 'bridge', bridged_at: LATER });
  });

  it('keeps the conversation of a session that the bridge has begun', () => {
    const begun = bridged(1, 'stream_started', { conversation_id: 'conv_b' });
    expect(registered(begun, sound(1, 'bridge')).conversation_id).toBe('conv_b');
  });

  it('is joined to the conversation whose record names its call', () => {
    const named = registered(talk(1, { call_sid: 'CA1', conversation_id: 'conv_r' }));
    expect(named).toMatchObject({ media: 'provider', joined: 'conv_r' });
  });

  it.each(['initiated', 'failed'] as const)('hears nothing from a registration that was never joined: %s', (value) => {
    const left = talk(1, { status: value, conversation_id: 'conv_x', transcript: undefined });
    expect(registered(left)).toEqual({ ...registered(), heard_at: LATER });
    const record = { ...left, transcript: silence };
    expect(registered(record).conversation_status).toBe(value);
  });

  it('hears nothing from another registration than its own', () => {
    const other = talk(1, { conversation_id: 'conv_x', transcript: undefined });
    const joined = registered(sound(1, 'provider', { conversation_id: 'conv_r' }), other);
    expect([joined.conversation_id, joined.conversation_status]).toEqual(['conv_r', undefined]);
    const fallen = registered(sound(1, 'bridge'), other);
    expect([fallen.conversation_status, fallen.conversation_over_at]).toEqual([undefined, undefined]);
  });
});
