import { describe, expect, it } from '@jest/globals';
import { knownNumbers } from '../../domain/admission.ts';
import { decide } from '../../domain/decide.ts';
import { describeBooking } from '../../domain/describe.ts';
import type { DialOnRecord, DialResult, Evidence } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { viewOf } from '../../domain/render.ts';
import { type BookingState, initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { bridged, play, report, status, talk } from '../support/world.ts';

const SKIPPED: DialResult = { proves: 'skipped', reason: 'outside_window' };
const DEFERRED: DialResult = { proves: 'deferred', retry_after_ms: 5_000, problem: { code: 'full', message: 'full' } };

const good = (n: number) => ({
  result: { proves: 'accepted', call_sid: `CA${n}`, conversation_id: `conv_${n}` } as const,
  later: [
    { after: 5_000, evidence: status(n, 'in-progress', { call_sid: `CA${n}` }) },
    { after: 40_000, evidence: report(n) },
    { after: 50_000, evidence: status(n, 'completed', { call_sid: `CA${n}` }) },
    { after: 51_000, evidence: talk(n) },
  ],
});

const dialsOf = ({ trace }: ReturnType<typeof play>) => trace.filter(({ task }) => task.do === 'dial');

describe('dials that never leave', () => {
  // Each costs the booking a piece of its bounded history: a minute's difference between two clocks was hundreds of them.
  it('are asked for less and less often while a worker’s clock says that the calling window is closed', () => {
    const played = play({ dial: (n) => (n <= 8 ? { result: SKIPPED } : good(n)) });
    const dials = dialsOf(played);
    expect(dials).toHaveLength(9);
    expect(dials[8]!.at - dials[0]!.at).toBeGreaterThan(60_000);
    // One worker among several may be wrong: the first wait is short.
    expect(dials[1]!.at - dials[0]!.at).toBeLessThan(3_000);
    expect(played.state.outcome?.result).toBe('confirmed');
  });

  it('on one channel make the next channel no slower', () => {
    let bridged = 0;
    const played = play(
      { dial: (n, channel) => (channel === 'native' || bridged++ === 0 ? { result: DEFERRED } : good(n)) },
      { native: { budget_seconds: 600 }, bridge: { budget_seconds: 120 } },
    );
    expect(played.state.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  });
});

const heard = (evidence: Evidence): Fact => ({ type: 'evidence', evidence });
/** A booking whose dials came to this, one each minute; `meanwhile`: what came while the last was under way. */
const dialed = (results: DialResult[], meanwhile: Fact[] = []): BookingState =>
  folded(
    initialState(bookingInput()),
    results.flatMap((result, i): [number, Fact][] => {
      const at = START + i * 60_000;
      const came = i === results.length - 1 ? meanwhile : [];
      return [
        [at, { type: 'line_taken' }],
        [at, { type: 'dial_started', channel: 'native' }],
        ...came.map((one): [number, Fact] => [at + 500, one]),
        [at + 1_000, { type: 'dial_ended', n: i + 1, result }],
      ];
    }),
  );
const ON_RECORD: DialOnRecord = { call_id: 'bk_test0001.1', channel: 'native', at: new Date(START).toISOString() };
const LEFT: DialResult = { ...DEFERRED, left: true };
const told = (state: BookingState, evidence: Evidence): BookingState =>
  folded(state, [[START + 600_000, heard(evidence)]]);

describe('a dial that was put off', () => {
  it('is no attempt, and its number is not given again', () => {
    const state = dialed([DEFERRED, SKIPPED]);
    expect([state.attempts, viewOf(state).attempts, viewOf(state).status]).toEqual([[], [], 'queued']);
    const next = folded(state, [[START + 300_000, { type: 'dial_started', channel: 'native' }]]);
    expect(next.attempts).toMatchObject([{ n: 3, call_id: 'bk_test0001.3' }]);
    expect(viewOf(next).attempts).toMatchObject([{ attempt: 1, call_id: 'bk_test0001.3' }]);
  });

  it('is known to be on record if its request left', () => {
    expect(knownNumbers(dialed([LEFT, DEFERRED, SKIPPED, LEFT]))).toEqual([1, 4]);
  });

  it('is forgotten after a dozen others, unless its request left', () => {
    const { put_off } = dialed([LEFT, ...Array.from({ length: 20 }, () => DEFERRED)]);
    expect(put_off.map(({ n }) => n)).toEqual([1, ...Array.from({ length: 13 }, (_, i) => i + 9)]);
  });

  const WORD: [string, Evidence][] = [
    ['a report', report(1)],
    ['the bridge', bridged(1, 'talk_ended')],
  ];

  it.each(WORD)('is a lost call if its request left and %s tells of it: the providers are asked', (_, evidence) => {
    const asked = { is: 'going_on', tasks: [{ do: 'reconcile', n: 1 }] };
    expect(decide(told(dialed([LEFT]), evidence), START + 600_000)).toMatchObject(asked);
    expect(decide(dialed([LEFT], [heard(evidence)]), START + 600_000)).toMatchObject(asked);
  });

  it.each(WORD)(
    'is none if it never left, as far as %s can tell: our records have it if another run rang',
    (_, word) => {
      for (const state of [told(dialed([SKIPPED]), word), dialed([SKIPPED], [heard(word)])]) {
        expect([state.attempts, knownNumbers(state)]).toEqual([[], []]);
        const found = folded(state, [[START + 700_000, { type: 'recalled', dials: [ON_RECORD], evidence: [word] }]]);
        expect(found.attempts).toMatchObject([{ n: 1, leg: 'unknown' }]);
        expect(found.put_off).toEqual([]);
        expect(found.barred).toBe('stores_disagree');
      }
    },
  );

  it('is a call if it is heard to ring, from when it was put off', () => {
    for (const result of [LEFT, SKIPPED]) {
      const state = told(dialed([result]), status(1, 'ringing'));
      expect(state.attempts).toMatchObject([{ n: 1, leg: 'live', dialed_at: START, sent_at: START + 1_000 }]);
      expect(state.put_off).toEqual([]);
    }
  });

  it('brings from our records what nobody told of it', () => {
    const state = folded(dialed([LEFT]), [
      [START + 60_000, { type: 'recalled', dials: [ON_RECORD], evidence: [status(1, 'in-progress'), report(1)] }],
    ]);
    expect(state.attempts).toMatchObject([{ n: 1, leg: 'live', reports: [{ report: { result: 'confirmed' } }] }]);
    expect(state.barred).toBeUndefined();
  });

  it('is told to operators in one line, with how often and why', () => {
    const line = (state: BookingState): string => describeBooking(state, undefined).split('\n').at(-1)!;
    expect(line(dialed([SKIPPED]))).toBe('A · native call: put off once: outside window');
    expect(line(dialed([DEFERRED, SKIPPED, DEFERRED]))).toBe('A · native call: put off 3 times: full');
    expect(line(dialed(Array.from({ length: 20 }, () => DEFERRED)))).toMatch(/put off at least 13 times: full$/);
    expect(line(told(dialed([LEFT]), status(1, 'ringing')))).not.toContain('put off');
  });
});

describe('a call that comes to light behind a dial that was put off', () => {
  const booking = bookingInput({
    native: { enabled: false },
    bridge: { max_attempts: 1, redial_delay_seconds: 600 },
    simulation: { enabled: false },
  });

  it('counts as an attempt: no other dial leaves before its delay, or beyond max_attempts', () => {
    const state = folded(initialState(booking), [
      [START, { type: 'line_taken' }],
      [START, { type: 'dial_started', channel: 'bridge' }],
      [
        START + 1_000,
        { type: 'dial_ended', n: 1, result: { proves: 'unknown', problem: { code: 'x', message: 'x' } } },
      ],
      [START + 91_000, { type: 'reconciled', n: 1, result: { verdict: 'absent' } }],
      [START + 691_001, { type: 'line_taken' }],
      [START + 691_001, { type: 'dial_started', channel: 'bridge' }],
      [START + 692_000, { type: 'evidence', evidence: status(1, 'ringing') }],
      [START + 693_000, { type: 'dial_ended', n: 2, result: { proves: 'skipped', reason: 'canceled' } }],
      [START + 723_000, { type: 'evidence', evidence: status(1, 'no-answer') }],
    ]);
    expect(decide(state, START + 723_000)).toMatchObject({ is: 'final', outcome: { result: 'unreachable' } });
  });
});
