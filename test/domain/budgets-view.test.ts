import { describe, expect, it } from '@jest/globals';
import { budgetsOf } from '../../domain/budgets-view.ts';
import type { PhoneChannel } from '../../domain/channels.ts';
import type { BookingOrder } from '../../domain/order.ts';
import type { AttemptView, BookingEvent } from '../../domain/view.ts';
import { escalationOf } from '../support/escalation.ts';

const order = {
  zones: ['America/Argentina/Buenos_Aires'],
  escalation: escalationOf({ bridge: { enabled: false } }),
} as BookingOrder;
const ALWAYS = { from: 0, to: 1440 };
const at = (minute: number): string => new Date(Date.parse('2026-11-25T12:00:00Z') + minute * 60_000).toISOString();
const dial = (channel: PhoneChannel, minute: number): AttemptView =>
  ({ channel, started_at: at(minute), status: 'busy' }) as AttemptView;
const native = (attempts: AttemptView[], events: BookingEvent[] = [], now = at(10), window = ALWAYS) =>
  budgetsOf(order, attempts, events, window, Date.parse(now))[0]!;

describe('what is shown of a budget', () => {
  it('has no end before the first dial of its channel', () => {
    expect(native([])).toMatchObject({ attempts: 0, max_attempts: 2, started_at: null, ends_at: null });
    expect(native([dial('bridge', 0)])).toMatchObject({ attempts: 0, ends_at: null });
    expect(budgetsOf(order, [], [], ALWAYS, 0)).toContainEqual(
      expect.objectContaining({ channel: 'bridge', enabled: false }),
    );
  });

  it('counts from the first dial', () => {
    expect(native([dial('native', 0), dial('native', 5)])).toMatchObject({
      attempts: 2,
      started_at: at(0),
      ends_at: at(15),
    });
  });

  it('stands still outside calling hours', () => {
    // 09:00 to 09:10 in Buenos Aires, which is 12:00 to 12:10 in UTC.
    const window = { from: 540, to: 550 };
    expect(native([dial('native', 0)], [], at(60), window).ends_at).toBe(at(24 * 60 + 5));
  });

  it('stands still while another booking holds the number, then and now', () => {
    const busy = (minute: number): BookingEvent => ({
      type: 'status',
      at: at(minute),
      status: 'in_progress',
      channel: 'native',
      waiting_for: 'line_busy',
      after_attempts: 1,
    });
    const dialed = (minute: number): BookingEvent => ({
      type: 'attempt',
      at: at(minute),
      attempt: dial('native', minute),
    });
    expect(native([dial('native', 0)], [busy(2), busy(3), dialed(6)]).ends_at).toBe(at(19));
    expect(native([dial('native', 0)], [busy(2)], at(10)).ends_at).toBe(at(23));
  });
});
