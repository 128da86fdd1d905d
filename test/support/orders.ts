import { CHANNELS } from '../../domain/channels.ts';
import type { BookingInput, BookingOrder, BookingSettings } from '../../domain/order.ts';
import { DIAL_QUEUES, escalationOf, type PolicyChanges } from './escalation.ts';

export const START = Date.parse('2026-11-23T15:00:00.000Z');

export const escalation = escalationOf();

/** What a test changes of the usual order and settings. */
export type Changes = PolicyChanges & { order?: Partial<BookingOrder>; settings?: Partial<BookingSettings> };

export function bookingInput(changes: Changes = {}): BookingInput {
  return {
    order: {
      id: 'bk_test0001',
      business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
      request: { service_type: 'dentista', user_name: 'Mauro' },
      escalation: escalationOf(changes),
      metadata: {},
      zones: ['America/Argentina/Buenos_Aires'],
      created_at: new Date(START).toISOString(),
      ...changes.order,
    },
    settings: {
      reconcile_seconds: 90,
      settle_seconds: 120,
      calling_window: { from: 0, to: 1440 },
      available: [...CHANNELS],
      sandbox: false,
      line_id: 'line-test',
      dial_queues: DIAL_QUEUES,
      ...changes.settings,
    },
  };
}
