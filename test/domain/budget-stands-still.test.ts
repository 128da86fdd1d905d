import { describe, expect, it } from '@jest/globals';
import { budgetEndsAt, pausedNow } from '../../domain/budget.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import { fold } from '../../domain/fold.ts';
import { type BookingState, initialState } from '../../domain/state.ts';
import { folded } from '../support/folded.ts';
import { bookingInput, type Changes, START } from '../support/orders.ts';
import { accepted, status } from '../support/world.ts';

const MINUTE = 60_000;
const BUSY = START + 5 * MINUTE;
const FREE = BUSY + 30 * MINUTE;
const BUDGET_MS = { native: 900_000, bridge: 7_200_000 };

/** A first dial on `channel`, which nobody answered; from BUSY on another booking holds the number. */
const waiting = (channel: PhoneChannel, changes: Changes = {}): BookingState =>
  folded(initialState(bookingInput(changes)), [
    [START, { type: 'line_taken' }],
    [START, { type: 'dial_started', channel }],
    [START + 100, { type: 'dial_ended', n: 1, result: accepted(1) }],
    [START + MINUTE, { type: 'evidence', evidence: status(1, 'no-answer') }],
    [START + MINUTE, { type: 'line_released' }],
    [BUSY, { type: 'line_busy' }],
  ]);

describe.each(['native', 'bridge'] as const)('the budget of %s', (channel) => {
  const other = channel === 'native' ? 'bridge' : 'native';

  it('counts from the first dial', () => {
    expect(budgetEndsAt(waiting(channel), channel, BUSY)).toBe(START + BUDGET_MS[channel]);
  });

  it('stands still while another booking holds the number', () => {
    const state = waiting(channel);
    expect(pausedNow(state, BUSY + 7 * MINUTE)).toBe(7 * MINUTE);
    expect(budgetEndsAt(state, channel, BUSY + 7 * MINUTE)).toBe(START + BUDGET_MS[channel] + 7 * MINUTE);
  });

  it('keeps what it stood still, once and for each wait', () => {
    const once = fold(waiting(channel), { type: 'line_taken' }, FREE);
    expect(budgetEndsAt(once, channel, FREE + MINUTE)).toBe(START + BUDGET_MS[channel] + 30 * MINUTE);
    const twice = folded(once, [
      [FREE + MINUTE, { type: 'line_released' }],
      [FREE + 2 * MINUTE, { type: 'line_busy' }],
      [FREE + 3 * MINUTE, { type: 'line_busy' }],
      [FREE + 12 * MINUTE, { type: 'line_taken' }],
    ]);
    expect(pausedNow(twice, FREE + 13 * MINUTE)).toBe(0);
    expect(budgetEndsAt(twice, channel, FREE + 13 * MINUTE)).toBe(START + BUDGET_MS[channel] + 40 * MINUTE);
  });

  it('is whole for the channel that was not dialed on yet, whatever was waited before', () => {
    const state = folded(waiting(channel), [
      [FREE, { type: 'line_taken' }],
      [FREE, { type: 'dial_started', channel: other }],
    ]);
    expect(budgetEndsAt(state, other, FREE + MINUTE)).toBe(FREE + BUDGET_MS[other]);
  });
});

it('what is waited outside the calling hours is not counted twice', () => {
  // The hours end at 12:15 in Buenos Aires, ten minutes after the line got busy, and begin at 09:00.
  const state = waiting('bridge', { settings: { calling_window: { from: 9 * 60, to: 12 * 60 + 15 } } });
  expect(pausedNow(state, START + 8 * 60 * MINUTE)).toBe(10 * MINUTE);
});
