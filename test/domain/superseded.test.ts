import { describe, expect, it } from '@jest/globals';
import { decide, type Task } from '../../domain/decide.ts';
import { fold } from '../../domain/fold.ts';
import { type BookingState, initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, START } from '../support/orders.ts';
import { accepted, status } from '../support/world.ts';

const problem = { code: 'timeout', message: 'timeout' };
const SECOND = START + 120_000;
const NOW = SECOND + 10_000;

/** The first dial was given up as lost, nobody knew of it; the second one rings. */
const ringing = (): BookingState =>
  folded(initialState(bookingInput()), [
    [START, { type: 'line_taken' }],
    [START, { type: 'dial_started', channel: 'native' }],
    [START + 1_000, { type: 'dial_ended', n: 1, result: { proves: 'unknown', problem } }],
    [START + 91_000, { type: 'reconciled', n: 1, result: { verdict: 'absent' } }],
    [SECOND, { type: 'dial_started', channel: 'native' }],
    [SECOND + 100, { type: 'dial_ended', n: 2, result: accepted(2) }],
    [SECOND + 3_000, { type: 'evidence', evidence: status(2, 'ringing') }],
  ]);

const hangUps = (state: BookingState): Task[] => {
  const step = decide(state, NOW);
  return step.is === 'going_on' ? step.tasks.filter(({ do: what }) => what === 'hang_up') : [];
};
const heard = (state: BookingState, ...evidence: ReturnType<typeof status>[]): BookingState =>
  folded(
    state,
    evidence.map((one) => [NOW, { type: 'evidence', evidence: one }]),
  );

describe('a leg that rings while another call of the booking comes to light', () => {
  it('rings on as long as the other one reached nobody', () => {
    expect(hangUps(ringing())).toEqual([]);
    expect(hangUps(heard(ringing(), status(1, 'no-answer')))).toEqual([]);
  });

  it('is canceled when somebody answered the other one, even though that one is over', () => {
    const state = heard(ringing(), status(1, 'completed'));
    expect(hangUps(state)).toEqual([{ do: 'hang_up', n: 2, mode: 'cancel', why: 'superseded' }]);
  });

  it('rings on when a machine answered the other one', () => {
    expect(hangUps(heard(ringing(), status(1, 'completed', { answered_by: 'machine_start' })))).toEqual([]);
  });

  it('is left to its talk once somebody has answered it as well', () => {
    const state = heard(ringing(), status(1, 'completed'), status(2, 'in-progress'));
    expect(hangUps(state)).toEqual([]);
  });

  it('is hung up when the other one is answered and goes on', () => {
    const state = heard(ringing(), status(1, 'in-progress'));
    expect(hangUps(state)).toEqual([{ do: 'hang_up', n: 2, mode: 'complete', why: 'superseded' }]);
    const both = fold(state, { type: 'evidence', evidence: status(2, 'in-progress') }, NOW);
    expect(hangUps(both)).toEqual([{ do: 'hang_up', n: 2, mode: 'complete', why: 'superseded' }]);
  });
});
