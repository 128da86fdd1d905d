import type { Outcome } from '../../domain/result.ts';
import type { ShortlistOrder, ShortlistOutcome, ShortlistProgress } from '../../domain/shortlist/view.ts';

export const DECLINED: Outcome = {
  result: 'declined',
  channel: 'native',
  simulated: false,
  confirmed_date: null,
  confirmed_time: null,
  notes: null,
  evidence: [],
  proof: null,
  offers: [],
  callback_at: null,
};

const AT = '2026-11-24T10:00:00.000Z';

export const shortlistOf = (id: string, more: Partial<ShortlistOrder> = {}): ShortlistOrder => ({
  id,
  candidates: ['+541143210101', '+541143210102'].map((phone, i) => ({
    business: { name: `Dentista ${i + 1}`, phone },
    zones: ['America/Argentina/Buenos_Aires'],
  })),
  request: { service_type: 'dentista', user_name: 'Mauro' },
  escalation: { simulation: { enabled: true } },
  callback_url: 'https://client.example/hook',
  metadata: { order: '42' },
  created_at: AT,
  ...more,
});

const outcome = (booking_id: string): ShortlistOutcome => ({
  result: 'confirmed',
  booking_id,
  candidate: 1,
  confirmed_date: '2026-12-01',
  confirmed_time: '16:00',
  proof: {
    level: 'stated',
    date: { value: '2026-12-01', text: 'el martes primero', role: 'business', turn: 4, at_seconds: 9 },
    time: null,
    agreement: null,
  },
  simulated: false,
});

/** The last write of a shortlist whose first candidate confirmed. */
export function shortlistEnd(order: ShortlistOrder, bookingId: string, version = 3) {
  const progress: ShortlistProgress = {
    status: 'completed',
    outcome: outcome(bookingId),
    candidates: [
      { status: 'asked', booking_id: bookingId, result: 'confirmed' },
      { status: 'not_asked', booking_id: null, result: null },
    ],
    waiting_for: null,
    waiting_until: null,
    cancel_requested: false,
    updated_at: '2026-11-24T10:30:00.000Z',
  };
  return {
    id: order.id,
    version,
    progress,
    events: [
      { type: 'status' as const, at: AT, status: 'completed' as const },
      { type: 'final' as const, at: AT, outcome: outcome(bookingId) },
    ],
    message: {
      id: `msg_${order.id}_completed`,
      type: 'shortlist.completed' as const,
      timestamp: AT,
      data: {
        ...order,
        ...progress,
        candidates: order.candidates.map(({ business }, i) => ({ business, ...progress.candidates[i]! })),
      },
    },
  };
}
