import { describe, expect, it } from '@jest/globals';
import { mayAct } from '../../domain/accounts.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { DialResult } from '../../domain/evidence.ts';
import { START } from '../support/orders.ts';
import { play, report, status, talk } from '../support/world.ts';

const HOUR = 3_600_000;
const AWAY: DialResult = { proves: 'skipped', reason: 'other_accounts' };
const BUSY = (n: number) => ({
  result: { proves: 'accepted' as const, call_sid: `CA${n}`, conversation_id: `conv_${n}` },
  later: [{ after: 5_000, evidence: status(n, 'busy', { call_sid: `CA${n}` }) }],
});
const BOOKED = (n: number) => ({
  result: { proves: 'accepted' as const, call_sid: `CA${n}`, conversation_id: `conv_${n}` },
  later: [
    { after: 5_000, evidence: status(n, 'in-progress', { call_sid: `CA${n}` }) },
    { after: 40_000, evidence: report(n) },
    { after: 50_000, evidence: status(n, 'completed', { call_sid: `CA${n}` }) },
    { after: 51_000, evidence: talk(n) },
  ],
});

describe('a booking whose mode or accounts are not there', () => {
  it('waits inside its budgets, says so, and ends as error, never as a simulation', () => {
    const { state, words, ended } = play({ dial: () => ({ result: AWAY }) });
    expect(state.outcome).toMatchObject({ result: 'error', channel: null, simulated: false });
    expect(state.outcome!.notes).toContain('accounts');
    expect(words.filter((word) => word === 'simulate')).toEqual([]);
    // Both channels' budgets, and no dial a second: the pause grows.
    expect(ended).toBeGreaterThan(7_500_000);
    expect(words.filter((word) => word.startsWith('dial')).length).toBeLessThan(60);
  });

  it('goes on when they are back', () => {
    const { state, trace } = play({ dial: (n) => (n <= 3 ? { result: AWAY } : BOOKED(n)) });
    expect(state.outcome).toMatchObject({ result: 'confirmed', channel: 'native' });
    expect(trace.filter(({ task }) => task.do === 'dial')).toHaveLength(4);
  });

  it('does not say that the business could not be reached, though it was busy once', () => {
    const { state } = play({ dial: (n) => (n === 1 ? BUSY(n) : { result: AWAY }) });
    expect(state.outcome).toMatchObject({ result: 'error' });
    expect(state.attempts.every(({ channel }) => channel === 'native')).toBe(true);
  });
});

describe('calling hours that have changed', () => {
  it('hold for a booking that waits, whether narrower or wider than at its acceptance', () => {
    // START is noon in Buenos Aires.
    const afternoon = { from: 14 * 60, to: 15 * 60 };
    const skipped: DialResult = { proves: 'skipped', reason: 'outside_window', calling_window: afternoon };
    const narrowed = play({ dial: (n) => (n === 1 ? { result: skipped } : BOOKED(n)) });
    const dials = narrowed.trace.filter(({ task }) => task.do === 'dial').map(({ at }) => at - START);
    expect(dials).toEqual([0 + dials[0]!, expect.any(Number)]);
    expect(dials[1]).toBeGreaterThanOrEqual(2 * HOUR);
    expect(dials[1]).toBeLessThan(2 * HOUR + 60_000);

    const widened = play(
      {
        dial: BOOKED,
        happens: [{ at: HOUR, fact: { type: 'window_changed', calling_window: { from: 0, to: 1440 } } }],
      },
      { settings: { calling_window: afternoon } },
    );
    const first = widened.trace.find(({ task }) => task.do === 'dial')!;
    expect(first.at - START).toBeGreaterThanOrEqual(HOUR);
    expect(first.at - START).toBeLessThan(HOUR + 60_000);
  });
});

describe('a workflow that knows less than the database', () => {
  const dialed = (n: number, channel: PhoneChannel = 'native') => ({
    call_id: `bk_test0001.${n}`,
    channel,
    at: new Date(START - 60_000).toISOString(),
    call_sid: `CA${n}`,
  });
  const stopped = (...dials: ReturnType<typeof dialed>[]): DialResult => ({
    proves: 'unknown',
    problem: { code: 'stores_disagree', message: 'x' },
    dialed: dials,
  });

  it('finds out what became of the call, takes in its evidence, and rings nobody', () => {
    const { state, words } = play({
      dial: () => ({ result: stopped(dialed(1)) }),
      reconcile: (n) => ({
        result: {
          verdict: 'found',
          call_sid: 'CA1',
          evidence: [status(n, 'in-progress'), report(n), status(n, 'completed'), talk(n)],
        },
      }),
    });
    expect(state.outcome).toMatchObject({ result: 'confirmed' });
    expect(words.filter((word) => word.startsWith('dial'))).toEqual(['dial native']);
  });

  it('ends as needs_review when the call’s result is not clear, though it was only busy', () => {
    const { state, words } = play({
      dial: () => ({ result: stopped(dialed(1)) }),
      reconcile: (n) => ({ result: { verdict: 'found', call_sid: 'CA1', evidence: [status(n, 'busy')] } }),
    });
    expect(state.outcome).toMatchObject({ result: 'needs_review' });
    expect(state.attempts).toMatchObject([{ call_sid: 'CA1', dialed_at: START - 60_000 }]);
    expect(words).not.toContain('simulate');
  });

  it('adopts every dial that it does not know of, on the channel on which it left', () => {
    const { state, words } = play({
      dial: () => ({ result: stopped(dialed(2, 'bridge'), dialed(3, 'bridge')) }),
      reconcile: () => ({ result: { verdict: 'absent' } }),
    });
    expect(words.filter((word) => word.startsWith('reconcile'))).toEqual(['reconcile 2', 'reconcile 3']);
    expect(state.attempts.map(({ n, channel }) => `${n} ${channel}`)).toEqual(['2 bridge', '3 bridge']);
    expect(state.put_off).toMatchObject([{ n: 1, channel: 'native', why: 'stores_disagree' }]);
    expect(state.outcome).toMatchObject({ result: 'needs_review' });
  });
});

describe.each(['not_on_record', 'number_barred'] as const)('a dial that was stopped as %s', (reason) => {
  it('is the last one, and nothing is simulated', () => {
    const { state, words } = play({ dial: () => ({ result: { proves: 'skipped', reason } }) });
    expect(state.outcome).toMatchObject({ result: 'error', channel: null });
    expect(words.filter((word) => !word.startsWith('take_line'))).toEqual(['dial native']);
  });
});

describe('a booking that is older than the record of accounts', () => {
  const accounts = { twilio: 'AC1', elevenlabs: 'agent_1', played: false, caller: null };
  it('is told apart by the sandbox alone', () => {
    expect(mayAct({ mode: 'live', ...accounts }, undefined, false)).toBe(true);
    expect(mayAct({ mode: 'live', ...accounts }, undefined, true)).toBe(false);
    expect(mayAct({ mode: 'sandbox', ...accounts }, undefined, true)).toBe(true);
    expect(mayAct({ mode: 'sandbox', ...accounts }, undefined, false)).toBe(false);
  });
});

describe('a booking whose outcome stands in the database and not in its workflow', () => {
  it('ends, instead of waiting for its number for ever', () => {
    const { state, words } = play({
      happens: [{ at: 1, fact: { type: 'line_busy', over: true } }],
      line: () => false,
    });
    expect(state.outcome).toMatchObject({ result: 'error' });
    expect(words.filter((word) => word.startsWith('dial'))).toEqual([]);
  });
});
