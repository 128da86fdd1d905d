import { describe, expect, it } from '@jest/globals';
import { isStillWanted } from '../../domain/decide.ts';
import type { DialResult } from '../../domain/evidence.ts';
import { initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, type Changes, START } from '../support/orders.ts';
import { endsAs, goodCall, notTaken, refused } from '../support/table.ts';
import { accepted, play } from '../support/world.ts';

const MINUTE = 60_000;
/** Times out after the workflow's longest wait. */
const timesOut = { after: 10 * MINUTE, result: notTaken };
const good = (n: number) => ({ result: accepted(n), later: goodCall(n) });
const busy = (n: number) => ({ result: accepted(n), later: endsAs(n, 'busy') });
const ONE_DIAL: Changes = { native: { max_attempts: 1 }, bridge: { max_attempts: 1 } };

const dialsOf = ({ trace }: ReturnType<typeof play>): number[] =>
  trace.filter(({ task }) => task.do === 'dial').map(({ at }) => at - START);

describe('a dial that no worker took', () => {
  it('is asked for again, less and less often, counts as no attempt, and lets other bookings have the number meanwhile', () => {
    const changes: Changes = { ...ONE_DIAL, native: { max_attempts: 1, budget_seconds: 7_200 } };
    const played = play({ dial: (n) => (n <= 6 ? timesOut : good(n)) }, changes);
    expect(played.state.outcome).toMatchObject({ result: 'confirmed', channel: 'native' });
    const dials = dialsOf(played);
    expect(dials).toHaveLength(7);
    const pauses = dials.slice(1).map((at, i) => Math.round((at - dials[i]!) / 1000) - 600);
    expect(pauses).toEqual([30, 30, 60, 120, 240, 300]);
    expect(played.trace.filter(({ task }) => task.do === 'release_line').length).toBeGreaterThanOrEqual(6);
  });

  it('leaves the booking to the next channel, also where the business was busy before', () => {
    const played = play({ dial: (n, channel) => (channel === 'bridge' ? good(n) : n === 1 ? busy(n) : timesOut) });
    expect(played.state.outcome).toMatchObject({ result: 'confirmed', channel: 'bridge' });
  });

  it.each<[string, (n: number, channel: string) => { result: DialResult }]>([
    ['nobody was rung at all', () => timesOut],
    ['the other channel was refused before', (n) => (n === 1 ? { result: refused } : timesOut)],
    [
      'the other channel is refused afterwards',
      (_n, channel) => (channel === 'native' ? timesOut : { result: refused }),
    ],
  ])('ends as error when the budgets end, neither unreachable nor simulated: %s', (_, dial) => {
    const { state, words, ended } = play({ dial });
    expect(state.outcome).toMatchObject({
      result: 'error',
      channel: null,
      simulated: false,
      notes: 'no worker took the dial until its budget ended',
    });
    expect(words).not.toContain('simulate');
    expect(ended).toBeGreaterThanOrEqual(15 * MINUTE);
  });

  it('ends as unreachable where the business was busy before, and says that its redial was not taken', () => {
    const { state, words } = play({ dial: (n) => (n === 1 ? busy(n) : timesOut) });
    expect(state.outcome).toMatchObject({
      result: 'unreachable',
      notes: 'no worker took the dial until its budget ended',
    });
    expect(words).not.toContain('simulate');
  });

  it('is not wanted any more, in case a worker still has it', () => {
    const call = 'bk_test0001.1';
    const dialing = folded(initialState(bookingInput()), [
      [START, { type: 'line_taken' }],
      [START, { type: 'dial_started', channel: 'native' }],
    ]);
    expect(isStillWanted(dialing, call, 0)).toBe(true);
    const after = folded(dialing, [[START + 10 * MINUTE, { type: 'dial_ended', n: 1, result: notTaken }]]);
    expect(isStillWanted(after, call, 0)).toBe(false);
  });
});
