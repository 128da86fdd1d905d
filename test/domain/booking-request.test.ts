import { describe, expect, it } from '@jest/globals';
import { bookingRequestSchema, orderOf } from '../../domain/schemas/booking-request.ts';

const least = {
  business: { name: 'Clínica Dental Sur', phone: '+541143211234' },
  request: { service_type: 'dentista', user_name: 'Mauro' },
};

describe('a booking request', () => {
  it('has the contract’s defaults', () => {
    expect(bookingRequestSchema.parse(least)).toEqual({
      ...least,
      metadata: {},
      escalation: {
        native: {
          enabled: true,
          budget_seconds: 900,
          max_attempts: 2,
          redial_delay_seconds: 120,
          ring_seconds: 45,
          max_call_seconds: 600,
        },
        bridge: {
          enabled: true,
          budget_seconds: 7200,
          max_attempts: 3,
          redial_delay_seconds: 600,
          ring_seconds: 45,
          max_call_seconds: 600,
        },
        simulation: { enabled: true },
      },
    });
  });

  it('keeps everything that is given, and trims', () => {
    const full = {
      business: { ...least.business, name: '  Peluquería 💈  ', timezone: 'America/Argentina/Buenos_Aires' },
      request: { ...least.request, preferred_date: 'mañana', preferred_time: '', special_requests: 'línea 1\nlínea 2' },
      language: 'es-AR',
      agent: { prompt: 'x'.repeat(20_000), first_message: 'Hola' },
      escalation: { native: { enabled: false, ring_seconds: 5 }, simulation: { scenario: 'ofrece el martes' } },
      callback_url: 'https://client.example/hooks?x=1',
      metadata: { order: '42' },
    };
    const order = orderOf(bookingRequestSchema.parse(full), { id: 'bk_aaaa', zones: ['UTC'], created_at: '2026' });
    expect(order).toMatchObject({
      ...full,
      id: 'bk_aaaa',
      business: { name: 'Peluquería 💈' },
      escalation: { native: { enabled: false, ring_seconds: 5, budget_seconds: 900 }, bridge: { enabled: true } },
    });
  });

  it('counts characters, not code units', () => {
    const named = (name: string) => bookingRequestSchema.safeParse({ ...least, business: { ...least.business, name } });
    expect(named('🦷'.repeat(1_000)).success).toBe(true);
    expect(named('🦷'.repeat(1_001)).success).toBe(false);
  });
});
