import type { BookingInput, BookingOrder, BookingSettings, Escalation } from '../../domain/order.ts';

export const START = Date.parse('2026-11-23T15:00:00.000Z');

const policy = { enabled: true, ring_seconds: 45, max_call_seconds: 600 };

export const escalation: Escalation = {
  native: { ...policy, budget_seconds: 900, max_attempts: 2, redial_delay_seconds: 120 },
  bridge: { ...policy, budget_seconds: 7200, max_attempts: 3, redial_delay_seconds: 600 },
  simulation: { enabled: true },
};

/** What a test changes of the usual order and settings. */
export interface Changes {
  native?: Partial<Escalation['native']>;
  bridge?: Partial<Escalation['bridge']>;
  simulation?: Partial<Escalation['simulation']>;
  order?: Partial<BookingOrder>;
  settings?: Partial<BookingSettings>;
}

export function bookingInput(changes: Changes = {}): BookingInput {
  return {
    order: {
      id: 'bk_test0001',
      business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
      request: { service_type: 'dentista', user_name: 'Mauro' },
      escalation: {
        native: { ...escalation.native, ...changes.native },
        bridge: { ...escalation.bridge, ...changes.bridge },
        simulation: { ...escalation.simulation, ...changes.simulation },
      },
      metadata: {},
      zones: ['America/Argentina/Buenos_Aires'],
      created_at: new Date(START).toISOString(),
      ...changes.order,
    },
    settings: {
      reconcile_seconds: 90,
      settle_seconds: 120,
      calling_window: { from: 0, to: 1440 },
      available: ['native', 'bridge', 'simulation'],
      sandbox: false,
      line_id: 'line-test',
      dial_queues: { native: 'bookings-elevenlabs', bridge: 'bookings-twilio' },
      ...changes.settings,
    },
  };
}
