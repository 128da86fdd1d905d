import type { Evidence } from '../../domain/evidence.ts';
import { callIdOf } from '../../domain/ids.ts';
import type { BookingOrder } from '../../domain/order.ts';
import type { AttemptView, BookingEvent, BookingView } from '../../domain/view.ts';
import type { Records } from '../../records/interface.ts';
import type { KeyedSnapshot } from '../../records/ports/bookings.ts';
import { escalationOf } from '../support/escalation.ts';

let made = 0;
export const newId = (): string => `bk_sample${String(++made).padStart(6, '0')}`;

export const orderOf = (id = newId(), created_at = '2026-11-24T10:00:00.000Z'): BookingOrder => ({
  id,
  business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
  request: { service_type: 'dentista', preferred_date: 'mañana', user_name: 'Mauro' },
  escalation: escalationOf(),
  metadata: { order: '42' },
  zones: ['America/Argentina/Buenos_Aires'],
  created_at,
});

export async function accepted(records: Records, order = orderOf(), owner = 'owner-a'): Promise<BookingOrder> {
  await records.acceptBooking({ order, owner });
  await records.markStarted(order.id);
  return order;
}

export const attemptOf = (bookingId: string, n = 1, more: Partial<AttemptView> = {}): AttemptView => ({
  call_id: callIdOf(bookingId, n),
  channel: 'native',
  media: 'provider',
  attempt: n,
  direction: 'outbound',
  status: 'ringing',
  call_sid: null,
  conversation_id: null,
  started_at: '2026-11-24T10:00:01.000Z',
  ended_at: null,
  duration_seconds: null,
  error: null,
  ...more,
});

export const viewOf = (order: BookingOrder, more: Partial<BookingView> = {}): BookingView => ({
  id: order.id,
  status: 'in_progress',
  channel: 'native',
  simulated: false,
  outcome: null,
  review: null,
  attempts: [],
  waiting_for: null,
  waiting_until: null,
  follow_ups: [],
  cancel_requested: false,
  metadata: order.metadata,
  created_at: order.created_at,
  updated_at: '2026-11-24T10:00:02.000Z',
  ...more,
});

export const snapshotOf = (
  order: BookingOrder,
  version: number,
  events: KeyedSnapshot['events'] = [],
  more: Partial<BookingView> = {},
): KeyedSnapshot => ({ version, view: viewOf(order, more), events });

export const statusEvent = (until?: string): BookingEvent => ({
  type: 'status',
  at: '2026-11-24T10:00:02.000Z',
  status: 'in_progress',
  channel: 'native',
  waiting_for: 'redial_delay',
  until,
});

export const callStatus = (bookingId: string, id: string, n = 1): Evidence => ({
  id,
  call_id: callIdOf(bookingId, n),
  at: '2026-11-24T10:00:03.000Z',
  kind: 'call_status',
  source: 'callback',
  call_sid: 'CA1',
  status: 'ringing',
});

export const turn = (index: number, message = `turn ${index}`) => ({
  index,
  at: '2026-11-24T10:01:00.000Z',
  role: index % 2 === 0 ? ('agent' as const) : ('business' as const),
  message,
  at_seconds: index * 1.5,
});

/** Emoji, a right-to-left word, a combining mark, U+0000 and half a surrogate pair. */
export const STRANGE_TEXT = 'Peluquería 💇‍♀️ «Ñandú» שלום e\u0301 \u0000 \ud83d "quoted" \\ end';
