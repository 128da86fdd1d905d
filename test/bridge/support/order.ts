import type { BookingOrder } from '../../../domain/order.ts';
import { escalationOf } from '../../support/escalation.ts';

const LIMITS = {
  budget_seconds: 60,
  max_attempts: 1,
  redial_delay_seconds: 1,
  ring_seconds: 20,
  max_call_seconds: 60,
};

export const BOOKING = 'bk_bridge01';
export const CALL = `${BOOKING}.1`;

export const order = (changes: Partial<BookingOrder> = {}): BookingOrder => ({
  id: BOOKING,
  business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
  request: { service_type: 'dentista', user_name: 'Mauro' },
  escalation: escalationOf({}, LIMITS),
  metadata: {},
  zones: ['America/Argentina/Buenos_Aires'],
  created_at: '2026-11-23T12:00:00.000Z',
  ...changes,
});
