import { describe, expect, it } from '@jest/globals';
import type { DialResult, Evidence } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { HELD } from '../../domain/held.ts';
import { callsOf, giveUpAt } from '../../domain/leg.ts';
import { type BookingState, type Call, initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, type Changes, START } from '../support/orders.ts';
import { accepted, report, spoken, status } from '../support/world.ts';

const MINUTE = 60_000;
const problem = { code: 'x', message: 'x' };
const LOST: DialResult = { proves: 'unknown', problem, call_sid: 'CA1', conversation_id: 'conv_1' };
const heard = (evidence: Evidence): Fact => ({ type: 'evidence', evidence });
const ended = (result: DialResult, n = 1): Fact => ({ type: 'dial_ended', n, result });

/** The facts, one a second. */
const having = (state: BookingState, ...facts: Fact[]): BookingState =>
  folded(
    state,
    facts.map((fact, i) => [state.updated_at + (i + 1) * 1_000, fact]),
  );
const booking = (changes: Changes = {}): BookingState => initialState(bookingInput(changes));
const dialing = (...facts: Fact[]): BookingState =>
  having(booking(), { type: 'line_taken', of_key: 3 }, { type: 'dial_started', channel: 'native' }, ...facts);
const callOf = (state: BookingState): Call => callsOf(state)[0]!;

describe('the answer to a dial that comes after the call’s own evidence', () => {
  it.each<[string, DialResult]>([
    ['a lost answer', LOST],
    ['a refusal', { proves: 'number_refused', problem }],
    ['a request that was not sent', { proves: 'not_sent', problem }],
    ['an acceptance', accepted(1)],
  ])('does not take back that it rang: %s', (_, result) => {
    const call = callOf(dialing(heard(status(1, 'ringing')), ended(result)));
    expect(call).toMatchObject({ leg: 'live', rang: true });
    expect([call.no_ring, call.problem]).toEqual([undefined, undefined]);
  });

  it('does not revive a call that has ended', () => {
    expect(callOf(dialing(heard(status(1, 'busy')), ended(accepted(1))))).toMatchObject({ leg: 'ended' });
  });

  it('names the conversation, whatever it proves of the call, and never another than the one that is known', () => {
    for (const result of [LOST, accepted(1)])
      expect(callOf(dialing(heard(status(1, 'ringing')), ended(result)))).toMatchObject({ conversation_id: 'conv_1' });
    const named = dialing(heard(report(1, {}, { conversation_id: 'conv_first' })), ended(accepted(1)));
    expect(callOf(named).conversation_id).toBe('conv_first');
  });

  it('makes a call live that had counted as lost', () => {
    expect(callOf(dialing(ended(LOST), ended(accepted(1)))).leg).toBe('live');
  });

  it('closes no channel, gives no line back and bars nobody once the call has rung', () => {
    const rung = dialing(heard(status(1, 'ringing')));
    for (const reason of ['too_late', 'line_lost', 'do_not_call'] as const) {
      const state = having(rung, ended({ proves: 'skipped', reason }));
      expect([state.channels.native?.closed, state.line.held, state.forbidden]).toEqual([undefined, true, false]);
      expect(callOf(state).leg).toBe('live');
    }
  });
});

describe('a dial that one of our own looks stopped', () => {
  it('ends its channel if it came too late, and keeps what the channel has spent', () => {
    const { channels, forbidden } = dialing(ended({ proves: 'skipped', reason: 'too_late' }));
    expect(channels).toEqual({ native: { started_at: START + 2_000, paused_ms: 0, closed: 'budget' } });
    expect(forbidden).toBe(false);
  });

  it('gives the line back if another booking has it', () => {
    const { line, channels } = dialing(ended({ proves: 'skipped', reason: 'line_lost' }));
    expect(line).toEqual({ held: false, tries: 0 });
    expect(channels.native?.closed).toBeUndefined();
  });

  it('gives the line back while dialing is held, and keeps it while a provider is only busy', () => {
    const deferred = (code: string): DialResult => ({
      proves: 'deferred',
      retry_after_ms: 5_000,
      problem: { code, message: code },
    });
    expect(dialing(ended(deferred(HELD))).line).toEqual({ held: false, tries: 0 });
    expect(dialing(ended(deferred('full'))).line).toMatchObject({ held: true, of_key: 3 });
  });

  it('is a lost call only if it was still under way when it was stopped', () => {
    const left: DialResult = { proves: 'deferred', retry_after_ms: 5_000, left: true, problem };
    expect(callOf(dialing(heard(status(1, 'ringing')), heard(report(1)), ended(left)))).toMatchObject({ leg: 'live' });
  });

  it('leaves the other channels as they are', () => {
    const refused = dialing(ended({ proves: 'channel_refused', problem }));
    const { channels } = having(
      refused,
      { type: 'dial_started', channel: 'bridge' },
      ended({ proves: 'skipped', reason: 'too_late' }, 2),
    );
    expect(channels.native).toEqual({ started_at: START + 2_000, paused_ms: 0, closed: 'refused' });
    expect(channels.bridge?.closed).toBe('budget');
  });
});

describe('dials that only the database knows', () => {
  const at = new Date(START - 10 * MINUTE).toISOString();
  const onRecord = (call_id: string) => ({ call_id, channel: 'native' as const, at, call_sid: 'CA_other' });
  const found = (state: BookingState, ...ids: string[]): BookingState =>
    having(state, ended({ proves: 'unknown', problem, dialed: ids.map(onRecord) }));

  it('are calls to ask about, in the order of their numbers, and no further dial leaves', () => {
    const state = found(dialing(), 'bk_test0001.3', 'bk_test0001.2');
    expect(state.attempts).toMatchObject([
      { n: 2, leg: 'unknown', sent_at: START - 10 * MINUTE, call_sid: 'CA_other' },
      { n: 3, leg: 'unknown' },
    ]);
    expect(state.put_off).toMatchObject([{ n: 1, why: 'stores_disagree' }]);
    expect(state.barred).toBe('stores_disagree');
  });

  it('are the dial itself where they have its number: nothing of it was sent, so the other run rang', () => {
    const state = found(dialing(), 'bk_test0001.1');
    expect(state.attempts).toMatchObject([{ n: 1, leg: 'unknown', dialed_at: START - 10 * MINUTE }]);
    expect(state.put_off).toEqual([]);
  });

  it('change nothing of a call that the workflow knows to be over', () => {
    const busy = dialing(ended(accepted(1)), heard(status(1, 'busy')), { type: 'dial_started', channel: 'native' });
    const state = having(busy, ended({ proves: 'unknown', problem, dialed: [onRecord('bk_test0001.1')] }, 2));
    expect(state.attempts).toMatchObject([{ n: 1, leg: 'ended', call_sid: 'CA1' }]);
    expect(state.put_off).toMatchObject([{ n: 2 }]);
  });

  it('are left alone where their name is none of ours', () => {
    const state = found(dialing(), 'nonsense');
    expect(state.attempts).toEqual([]);
  });

  it('found by a dial whose call has rung leave that call as it is', () => {
    const state = found(dialing(heard(status(1, 'ringing'))), 'bk_test0001.1', 'bk_test0001.2');
    expect(state.attempts).toMatchObject([
      { n: 1, leg: 'live', call_sid: 'CA1' },
      { n: 2, leg: 'unknown' },
    ]);
    expect(state.put_off).toEqual([]);
  });
});

describe('evidence', () => {
  it.each(['bk_test0002.1', 'nonsense'])('of %s changes nothing here', (call_id) => {
    const state = dialing();
    expect(having(state, heard(status(1, 'ringing', { call_id })))).toBe(state);
  });
});

describe('what the providers answer about a lost dial', () => {
  const asked = (state: BookingState, result: Extract<Fact, { type: 'reconciled' }>['result']): Call =>
    callOf(having(state, { type: 'reconciled', n: 1, result }));

  it('counts only while the call is lost: evidence that came meanwhile is better', () => {
    const live = dialing(ended(LOST), heard(status(1, 'ringing')));
    expect(asked(live, { verdict: 'absent' })).toMatchObject({ leg: 'live' });
    expect(asked(live, { verdict: 'unreachable', problem })).toMatchObject({ leg: 'live' });
    expect(asked(live, { verdict: 'found', call_sid: 'CA_late' })).toMatchObject({ leg: 'live', call_sid: 'CA1' });
    const over = dialing(ended(LOST), heard(status(1, 'busy')));
    expect(asked(over, { verdict: 'found' })).toMatchObject({ leg: 'ended' });
  });

  it('is no proof that nobody rang when one of them could not be reached', () => {
    expect(asked(dialing(ended(LOST)), { verdict: 'unreachable', problem })).toMatchObject({
      leg: 'over',
      unreachable_provider: true,
      ended_at: expect.any(Number),
      problem,
    });
  });

  it('gives a call that another run dialed long ago its full time from now', () => {
    const lost = dialing(ended(LOST));
    const limit = giveUpAt(lost, callOf(lost));
    const foundAt = (at: number) =>
      callOf(folded(lost, [[at, { type: 'reconciled', n: 1, result: { verdict: 'found' } }]])).sent_at;
    expect(foundAt(limit - 1)).toBe(callOf(lost).sent_at);
    expect(foundAt(limit)).toBe(limit);
    expect(foundAt(limit + MINUTE)).toBe(limit + MINUTE);
  });
});

describe('our own database', () => {
  it('is away from the first failure on, until it is back', () => {
    const away = having(booking(), { type: 'records_away' });
    expect(having(away, { type: 'records_away' })).toBe(away);
    const back = having(away, { type: 'records_back' });
    expect([away.records, back.records]).toEqual([{ away_since: START + 1_000 }, { back_at: START + 2_000 }]);
    expect(having(back, { type: 'records_back' })).toBe(back);
  });
});

describe('a hang-up', () => {
  it('is pending until its answer, and its tries are counted', () => {
    const start: Fact = { type: 'hang_up_started', n: 1, why: 'ring_timeout', mode: 'cancel' };
    const end: Fact = { type: 'hang_up_ended', n: 1, result: { done: 'requested' } };
    const once = dialing(ended(accepted(1)), start);
    expect(callOf(once).hang_up).toMatchObject({ why: 'ring_timeout', mode: 'cancel', pending: true, tries: 1 });
    expect(callOf(having(once, end)).hang_up).toMatchObject({ pending: false, tries: 1 });
    expect(callOf(having(once, end, start)).hang_up).toMatchObject({ pending: true, tries: 2 });
    // The request's answer proves nothing of the leg.
    expect(callOf(having(once, end)).leg).toBe('live');
  });
});

describe('a wait for the line', () => {
  const waits = (state: BookingState, waits_for?: 'number' | 'place') =>
    having(state, { type: 'line_busy', waits_for });
  const pause = ({ line, updated_at }: BookingState): number => line.retry_at! - updated_at;

  it('looks again after five minutes at most, then ten, twenty, and half an hour, and never sooner than after half of that', () => {
    let state = booking();
    for (const minutes of [5, 10, 20, 30, 30, 30]) {
      state = waits(state);
      expect(pause(state)).toBeLessThanOrEqual(minutes * MINUTE);
      expect(pause(state)).toBeGreaterThanOrEqual((minutes * MINUTE) / 2);
    }
    expect(state.line).toMatchObject({ held: false, tries: 6, waiting_since: START + 1_000 });
  });

  it('is not of one length for all bookings, or at all tries', () => {
    const of = (id: string) => pause(waits(booking({ order: { id } })));
    expect(new Set(['bk_test0001', 'bk_test0002', 'bk_test0003'].map(of)).size).toBe(3);
    const later = waits(waits(waits(waits(booking()))));
    expect(pause(later)).not.toBe(pause(waits(later)));
  });

  it('says whether it has the number and waits for a place', () => {
    expect(waits(booking(), 'place').line.for_place).toBe(true);
    expect([waits(booking(), 'number').line.for_place, waits(booking()).line.for_place]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('a simulation', () => {
  const started = having(booking(), { type: 'dial_started', channel: 'simulation' });
  const simulated = (result: Extract<Fact, { type: 'simulated' }>['result'], n = 1): Fact => ({
    type: 'simulated',
    n,
    result,
  });

  it('begins without a report, and ends with that of its talk', () => {
    expect(started.attempts).toMatchObject([{ channel: 'simulation', simulation: 'running', reports: [] }]);
    const { report: said } = report(1);
    const done = having(started, simulated({ ok: true, method: 'duet', transcript: spoken, report: said }));
    expect(done.attempts).toMatchObject([
      {
        simulation: 'done',
        ended_at: START + 2_000,
        transcript: { digest: spoken, source: 'bridge' },
        reports: [{ report: said, at: START + 2_000, in_call: true }],
      },
    ]);
  });

  it('keeps the name of its talk, and the report that came before its end', () => {
    const told = having(started, heard(report(1, {}, { conversation_id: 'conv_sim' })));
    const done = having(told, simulated({ ok: true, method: 'duet', transcript: spoken }));
    expect(done.attempts).toMatchObject([{ conversation_id: 'conv_sim', reports: [{ in_call: true }] }]);
    const named = having(
      told,
      simulated({ ok: true, method: 'duet', transcript: spoken, conversation_id: 'conv_end' }),
    );
    expect(named.attempts).toMatchObject([{ conversation_id: 'conv_end' }]);
  });

  it('fails with its problem', () => {
    const { attempts } = having(started, simulated({ ok: false, problem }));
    expect(attempts).toMatchObject([{ simulation: 'failed', problem, ended_at: START + 2_000 }]);
  });

  it('is no end of a phone call', () => {
    const live = dialing(ended(accepted(1)));
    expect(having(live, simulated({ ok: false, problem })).attempts).toEqual(live.attempts);
  });
});

describe('a booking’s revision', () => {
  it('grows by one with each fact that changes it, and stands still otherwise', () => {
    const state = booking();
    expect(state.revision).toBe(0);
    const canceled = having(state, { type: 'cancel_requested' });
    expect([canceled.revision, canceled.updated_at]).toEqual([1, START + 1_000]);
    expect(having(canceled, { type: 'records_away' }, { type: 'records_away' }).revision).toBe(2);
  });
});
