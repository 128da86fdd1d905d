import { afterOpenTime, openTimeBetween } from './calling-window.ts';
import { PHONE_CHANNELS, type PhoneChannel } from './channels.ts';
import { iso } from './iso.ts';
import type { BookingOrder, CallingWindow } from './order.ts';
import { isNamed, policyOf } from './policy.ts';
import type { AttemptView, BookingEvent } from './view.ts';
import { isTurn } from './waits.ts';

/** Progress of a phone channel's budget. Times ISO 8601, UTC. */
export interface BudgetView {
  channel: PhoneChannel;
  enabled: boolean;
  budget_seconds: number;
  attempts: number;
  max_attempts: number;
  /** The channel's first dial; null before it. */
  started_at: string | null;
  /** No dial starts after this time; null before the first one. */
  ends_at: string | null;
}

/** Open time of waits for another booking's call to the same number, after `from`. */
function pausedMs(
  events: readonly BookingEvent[],
  order: BookingOrder,
  window: CallingWindow,
  from: number,
  now: number,
) {
  let total = 0;
  let since: number | undefined;
  const close = (at: number) => {
    if (since !== undefined && at > since) total += openTimeBetween(window, order.zones, since, at);
    since = undefined;
  };
  for (const event of events) {
    if (event.type === 'turn') continue;
    const at = Math.max(Date.parse(event.at), from);
    if (event.type === 'status' && event.waiting_for && isTurn(event.waiting_for)) since ??= at;
    else if (event.type === 'status' || event.type === 'attempt' || event.type === 'final') close(at);
  }
  close(now);
  return total;
}

/**
 * The budgets of a booking's phone channels, from its record. A budget counts from its channel's first dial, and stands still outside the
 * calling window, while another booking holds the line, while no place is free, and while dialing is held.
 * @param now milliseconds since 1970
 */
export function budgetsOf(
  order: BookingOrder,
  attempts: readonly AttemptView[],
  events: readonly BookingEvent[],
  window: CallingWindow,
  now: number,
): BudgetView[] {
  return PHONE_CHANNELS.filter((channel) => isNamed(order, channel)).map((channel) => {
    const { enabled, budget_seconds, max_attempts } = policyOf(order, channel);
    const own = attempts.filter((attempt) => attempt.channel === channel);
    const started = own[0] ? Date.parse(own[0].started_at) : undefined;
    const ends =
      started === undefined
        ? undefined
        : afterOpenTime(
            window,
            order.zones,
            started,
            budget_seconds * 1_000 + pausedMs(events, order, window, started, now),
          );
    return {
      channel,
      enabled,
      budget_seconds,
      attempts: own.length,
      max_attempts,
      started_at: started === undefined ? null : iso(started),
      ends_at: ends === undefined ? null : iso(ends),
    };
  });
}
