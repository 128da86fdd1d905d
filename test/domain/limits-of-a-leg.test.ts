import { describe, expect, it } from '@jest/globals';
import { isMoot, isStillWanted } from '../../domain/decide.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { callsOf, capOf, giveUpAt, mostSecondsOf, phoneRang, ringEndsAt, standingReport } from '../../domain/leg.ts';
import { policyOf } from '../../domain/policy.ts';
import { type BookingState, type Call, initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, type Changes, START } from '../support/orders.ts';
import { accepted, report, status } from '../support/world.ts';

const NATIVE: Changes = { native: { ring_seconds: 40, max_call_seconds: 300 } };
const heard = (evidence: Evidence): Fact => ({ type: 'evidence', evidence });
const dialing = (changes: Changes = NATIVE): BookingState =>
  folded(initialState(bookingInput(changes)), [[START, { type: 'dial_started', channel: 'native' }]]);
/** The provider took the call after ten seconds in its queue; then the evidence, after thirty. */
const live = (...evidence: Evidence[]): BookingState =>
  folded(dialing(), [
    [START + 10_000, { type: 'dial_ended', n: 1, result: accepted(1) }],
    ...evidence.map((one): [number, Fact] => [START + 30_000, heard(one)]),
  ]);
const callOf = (state: BookingState): Call => callsOf(state)[0]!;

describe('the longest life of a leg', () => {
  const seconds = (at: number): number => (at - START) / 1_000;

  it('counts from when its request left, not from when it was decided on', () => {
    const state = live();
    // The request 60 s, ringing 40 + 5 s, the talk 300 s; then a minute in which its end may still be told.
    expect(seconds(capOf(state, callOf(state)))).toBe(10 + 60 + 45 + 300);
    expect(seconds(giveUpAt(state, callOf(state)))).toBe(10 + 60 + 45 + 300 + 60);
    expect(seconds(ringEndsAt(state, callOf(state)))).toBe(10 + 40 + 5 + 10);
    const queued = dialing();
    expect(seconds(capOf(queued, callOf(queued)))).toBe(60 + 45 + 300);
  });

  it('counts from the answer once there is one', () => {
    const state = live(status(1, 'in-progress'));
    expect(seconds(capOf(state, callOf(state)))).toBe(30 + 300);
  });

  it('is that for which no other booking may call the number', () => {
    expect(mostSecondsOf(policyOf(bookingInput(NATIVE).order, 'native'))).toBe(60 + 45 + 300 + 60);
  });

  it('ends it as over, without proof, at its moment and not before', () => {
    const state = live();
    const limit = giveUpAt(state, callOf(state));
    const legAt = (now: number) => callOf(folded(state, [[now, { type: 'time_passed' }]]));
    expect(legAt(limit - 1).leg).toBe('live');
    expect(legAt(limit)).toMatchObject({ leg: 'over', ended_at: limit });
    const ended = live(status(1, 'busy'));
    expect(callOf(folded(ended, [[limit, { type: 'time_passed' }]])).leg).toBe('ended');
    // A dial whose answer was lost is asked about, however long that takes.
    const lost = folded(dialing(), [
      [START, { type: 'dial_ended', n: 1, result: { proves: 'unknown', problem: { code: 'x', message: 'x' } } }],
      [limit * 2, { type: 'time_passed' }],
    ]);
    expect(callOf(lost).leg).toBe('unknown');
  });
});

describe('whether a phone rang', () => {
  it.each<[string, boolean, Evidence[]]>([
    ['nothing was heard', false, []],
    ['it rang', true, [status(1, 'ringing')]],
    ['it was canceled, and nobody knows whether it was still queued', true, [status(1, 'canceled')]],
    ['it failed, and the network’s answer is not known', true, [status(1, 'failed')]],
    ['it failed with the network’s answer', false, [status(1, 'failed', { sip_code: 503 })]],
  ])('%s: %j', (_, rang, evidence) => {
    expect(phoneRang(live(...evidence))).toBe(rang);
  });
});

describe('the report of a call that stands', () => {
  it('is the last one before its end, or else the last one after it', () => {
    const at = (confirmed_time: string) => report(1, { confirmed_time });
    const standing = (...evidence: Evidence[]) => standingReport(callOf(live(...evidence)))?.confirmed_time;
    expect(standing()).toBeUndefined();
    expect(standing(at('10:00'), at('11:00'), status(1, 'completed'), at('12:00'))).toBe('11:00');
    expect(standing(status(1, 'completed'), at('12:00'), at('13:00'))).toBe('13:00');
  });
});

describe('a dial that has not left yet', () => {
  const wanted = (state: BookingState, now = START + 1_000, id = 'bk_test0001.1') => isStillWanted(state, id, now);
  const problem = { code: 'x', message: 'x' };
  /** The first dial was given up as lost; the second has not left. */
  const second = (...facts: Fact[]): BookingState =>
    folded(dialing(), [
      [START, { type: 'dial_ended', n: 1, result: { proves: 'unknown', problem } }],
      [START, { type: 'reconciled', n: 1, result: { verdict: 'absent' } }],
      [START, { type: 'dial_started', channel: 'native' }],
      ...facts.map((fact): [number, Fact] => [START + 500, fact]),
    ]);

  it('may leave, under its own name only', () => {
    expect(wanted(dialing())).toBe(true);
    expect(wanted(dialing(), START, 'bk_test0001.2')).toBe(false);
    expect(wanted(live())).toBe(false);
  });

  it('must not leave after a cancel, or from its last moment on', () => {
    expect(wanted(folded(dialing(), [[START, { type: 'cancel_requested' }]]))).toBe(false);
    const until = dialing({ order: { not_after: new Date(START + 60_000).toISOString() } });
    expect([wanted(until, START + 59_999), wanted(until, START + 60_000)]).toEqual([true, false]);
  });

  it('must not leave once an earlier call turns out to be alive, or to have reached somebody', () => {
    const may = (...facts: Fact[]) => wanted(second(...facts), START + 1_000, 'bk_test0001.2');
    expect(may()).toBe(true);
    expect(may(heard(status(1, 'ringing')))).toBe(false);
    expect(may(heard(status(1, 'completed')))).toBe(false);
    expect(may(heard(status(1, 'ringing')), heard(report(1)), heard(status(1, 'busy')))).toBe(false);
    expect(may(heard(status(1, 'no-answer')))).toBe(true);
    expect(isMoot(second(), callsOf(second()).at(-1)!, START)).toBe(false);
  });
});
