import { CHANNELS } from '../../domain/channels.ts';
import type { BookingInput } from '../../domain/order.ts';
import { DIAL_QUEUES, escalationOf } from '../support/escalation.ts';
import { OWN, SANDBOX } from './circumstances.ts';
import { NEVER, type Schedule } from './schedule.ts';
import { Windows } from './windows.ts';

export const BOOKING_ID = 'bk_simulated1';
/** A Monday, midnight UTC. */
const DAY = Date.parse('2026-11-23T00:00:00.000Z');

export const startOf = (schedule: Schedule): number => Math.round(DAY + schedule.starts_at_hour * 3_600_000);

/** The booking that the schedule is about, as the API would have accepted it. */
export function inputOf(schedule: Schedule, start: number, id = BOOKING_ID, zone = schedule.times.zone): BookingInput {
  const { opening_hours, not_before_ms, not_after_ms } = schedule.times;
  const moment = (ms: number): string => new Date(start + ms).toISOString();
  return {
    order: {
      id,
      business: {
        name: 'Clínica Dental Sur',
        phone: '+541143211234',
        ...(opening_hours.length > 0 ? { opening_hours } : {}),
      },
      ...(not_before_ms < NEVER ? { not_before: moment(not_before_ms) } : {}),
      ...(not_after_ms < NEVER ? { not_after: moment(not_after_ms) } : {}),
      request: { service_type: 'dentista', user_name: 'Mauro' },
      escalation: {
        ...escalationOf({
          native: schedule.native,
          registered: schedule.registered,
          bridge: schedule.bridge,
          simulation: { enabled: schedule.simulation !== 'off' },
        }),
        callback: schedule.callback,
      },
      metadata: {},
      zones: [zone],
      created_at: new Date(start).toISOString(),
    },
    settings: {
      reconcile_seconds: schedule.reconcile_seconds,
      settle_seconds: schedule.settle_seconds,
      calling_window: new Windows(schedule.times, start).of(schedule.window),
      available: [...CHANNELS],
      sandbox: schedule.sandbox,
      accounts: schedule.sandbox ? SANDBOX : OWN,
      line_id: `line-${id}`,
      dial_queues: DIAL_QUEUES,
    },
  };
}
