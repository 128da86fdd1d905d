import { afterOpenTime, openTimeBetween } from './calling-window.ts';
import type { PhoneChannel } from './channels.ts';
import { policyOf } from './policy.ts';
import { type BookingState, channelOf, windowOf } from './state.ts';

/**
 * Time at which a channel's budget ends, in ms since 1970. The budget counts from the channel's first dial (from `now` before that) and
 * stands still outside the calling window and while another booking holds the line. Infinity when the window never opens long enough.
 */
export function budgetEndsAt(state: BookingState, channel: PhoneChannel, now: number): number {
  const { order } = state.input;
  const { started_at, paused_ms } = channelOf(state, channel);
  const budget = policyOf(order, channel).budget_seconds * 1000;
  const paused = paused_ms + pausedNow(state, now);
  return afterOpenTime(windowOf(state), order.zones, started_at ?? now, budget + paused) ?? Infinity;
}

/** Open time of the present wait for another booking's call. */
export function pausedNow(state: BookingState, now: number): number {
  const since = state.line.waiting_since;
  if (since === undefined) return 0;
  return openTimeBetween(windowOf(state), state.input.order.zones, since, now);
}
