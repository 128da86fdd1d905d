import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arbitrate, RECORDS_AWAY_MAX_MS } from '../../domain/arbiter.ts';
import { decide, type Task } from '../../domain/decide.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Fact } from '../../domain/fact.ts';
import { fold } from '../../domain/fold.ts';
import { asksNeverToBeCalled } from '../../domain/prohibition.ts';
import { type BookingState, initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { goodCall } from '../support/table.ts';
import { accepted, play, report, status, talk, type World } from '../support/world.ts';

const SETTLE_MS = 120_000;
const ENDED = START + 40_000;
const SETTLED = ENDED + SETTLE_MS;
const declined = { report: { result: 'declined' as const } };

/** A call that was answered and ended without a word of a result. */
const silent = (): BookingState =>
  folded(initialState(bookingInput()), [
    [START, { type: 'line_taken' }],
    [START, { type: 'dial_started', channel: 'native' }],
    [START + 100, { type: 'dial_ended', n: 1, result: accepted(1) }],
    [START + 5_000, { type: 'evidence', evidence: status(1, 'in-progress') }],
    [ENDED, { type: 'evidence', evidence: status(1, 'completed') }],
  ]);

const asksOnceMore = (state: BookingState, now: number): boolean => {
  const step = decide(state, now);
  const isIt = (task: Task): boolean => task.do === 'watch' && task.once_more === true;
  return step.is === 'going_on' && step.tasks.some(isIt);
};
const resultOf = (state: BookingState, now: number): string | undefined => {
  const verdict = arbitrate(state, now);
  return verdict.is === 'final' ? verdict.outcome.result : undefined;
};

describe('a call without a result', () => {
  it('is settled only after whoever may know was asked once more', () => {
    const state = silent();
    expect(asksOnceMore(state, SETTLED - 1)).toBe(false);
    expect(asksOnceMore(state, SETTLED)).toBe(true);
    const asked = fold(state, { type: 'asked_once_more', n: 1 }, SETTLED + 500);
    expect(resultOf(asked, SETTLED + 500)).toBe('needs_review');
  });

  it('has a result when that last look finds one', () => {
    const found = fold(silent(), { type: 'evidence', evidence: talk(1, declined) }, SETTLED + 500);
    expect(resultOf(found, SETTLED + 500)).toBe('declined');
  });

  it('is asked about again after the database was away: a look before its return proves nothing', () => {
    const back = SETTLED + 600_000;
    const state = folded(silent(), [
      [ENDED + 1_000, { type: 'records_away' }],
      [SETTLED + 5_000, { type: 'asked_once_more', n: 1 }],
    ]);
    expect(resultOf(state, back)).toBeUndefined();
    const again = fold(state, { type: 'records_back' }, back);
    expect(asksOnceMore(again, back + SETTLE_MS - 1)).toBe(false);
    expect(resultOf(again, back + SETTLE_MS - 1)).toBeUndefined();
    expect(asksOnceMore(again, back + SETTLE_MS)).toBe(true);
    const asked = fold(again, { type: 'asked_once_more', n: 1 }, back + SETTLE_MS + 1);
    expect(resultOf(asked, back + SETTLE_MS + 1)).toBe('needs_review');
  });

  it('does not mind that the database was away before the call', () => {
    const state = folded(silent(), [
      [ENDED, { type: 'records_away' }],
      [ENDED, { type: 'records_back' }],
      [SETTLED, { type: 'asked_once_more', n: 1 }],
    ]);
    expect(resultOf(state, SETTLED)).toBe('needs_review');
  });

  it('is settled a day later, though the database never comes back', () => {
    const state = fold(silent(), { type: 'records_away' }, ENDED);
    const step = decide(state, SETTLED + 1);
    expect(step.is === 'going_on' && step.wake_at).toBe(SETTLED + RECORDS_AWAY_MAX_MS);
    expect(resultOf(state, SETTLED + RECORDS_AWAY_MAX_MS - 1)).toBeUndefined();
    expect(resultOf(state, SETTLED + RECORDS_AWAY_MAX_MS)).toBe('needs_review');
  });

  it('is never called silent while the database is away, nor before somebody was asked after its return', () => {
    const moment = fc.integer({ min: ENDED, max: SETTLED + RECORDS_AWAY_MAX_MS - 1 });
    const fact = fc.constantFrom<Fact>(
      { type: 'records_away' },
      { type: 'records_back' },
      { type: 'asked_once_more', n: 1 },
      { type: 'watch_failed', n: 1 },
      { type: 'time_passed' },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(moment, fact), { maxLength: 12 }), moment, (list, later) => {
        const story = list.toSorted(([a], [b]) => a - b);
        const state = folded(silent(), story);
        const now = Math.max(later, story.at(-1)?.[0] ?? 0);
        if (resultOf(state, now) === undefined) return;
        // Read from the story alone: whether the database is there, and since when.
        let awaySince: number | undefined;
        let back = -Infinity;
        for (const [at, { type }] of story) {
          if (type === 'records_away') awaySince ??= at;
          if (type === 'records_back' && awaySince !== undefined) [awaySince, back] = [undefined, at];
        }
        expect(awaySince).toBeUndefined();
        const from = Math.max(SETTLED, back + SETTLE_MS);
        expect(story.some(([at, { type }]) => type === 'asked_once_more' && at >= from)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('confirms what was reported while the database was away', () => {
    const world: World = {
      dial: (n) => ({ result: accepted(n), later: goodCall(n) }),
      happens: [
        { at: 6_000, fact: { type: 'records_away' } },
        { at: 900_000, fact: { type: 'records_back' } },
      ],
    };
    expect(play(world).state.outcome).toMatchObject({ result: 'confirmed', confirmed_time: '16:00' });
  });

  it('takes the record that only a provider had, although nothing could be written', () => {
    const world: World = {
      dial: (n) => ({
        result: accepted(n),
        later: goodCall(n).filter(({ evidence }) => evidence.kind === 'call_status'),
      }),
      watch: (n, now) => (now > START + 400_000 ? [talk(n, { source: 'poll', ...declined })] : []),
      happens: [{ at: 6_000, fact: { type: 'records_away' } }],
    };
    const { state } = play(world);
    expect(state.outcome).toMatchObject({
      result: 'declined',
      evidence: ['conversation', 'call_status', 'transcript'],
    });
  });
});

describe('a wish never to be called again', () => {
  const never = { result: 'do_not_call' as const, confirmed_date: undefined, confirmed_time: undefined };

  it.each<[string, Evidence]>([
    ['reported', report(1, never)],
    ['found in the record of the talk', talk(1, { report: never })],
  ])('is heard when it is %s', (_, evidence) => {
    expect(asksNeverToBeCalled(evidence)).toBe(true);
  });

  it('is not read into anything else', () => {
    expect([report(1), talk(1), talk(1, declined), status(1, 'completed')].map(asksNeverToBeCalled)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
