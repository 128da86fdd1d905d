import { CHANNELS } from '../../domain/channels.ts';
import type { BookingInput } from '../../domain/order.ts';
import { DIAL_QUEUES, escalationOf } from '../support/escalation.ts';
import { OWN, SANDBOX } from './circumstances.ts';
import type { Schedule } from './schedule.ts';

export const BOOKING_ID = 'bk_simulated1';
/** A Monday, midnight UTC. */
const DAY = Date.parse('2026-11-23T00:00:00.000Z');

export const startOf = (schedule: Schedule): number => DAY + schedule.starts_at_hour * 3_600_000;

/** The booking that the schedule is about, as the API would have accepted it. */
export function inputOf(schedule: Schedule, start: number, id = BOOKING_ID, zone = 'Etc/UTC'): BookingInput {
  return {
    order: {
      id,
      business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
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
      calling_window: { from: schedule.window.from_hour * 60, to: schedule.window.to_hour * 60 },
      available: [...CHANNELS],
      sandbox: schedule.sandbox,
      accounts: schedule.sandbox ? SANDBOX : OWN,
      line_id: `line-${id}`,
      dial_queues: DIAL_QUEUES,
    },
  };
}
