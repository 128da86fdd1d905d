import type { api } from '../clients/typescript/src/index.ts';

/** A booking of the benches for one number. */
export const bookingBody = (phone: string, timezone?: string): api.BookingRequest => ({
  business: { name: 'Clínica Dental Sur', phone, ...(timezone && { timezone }) },
  request: {
    service_type: 'dentista',
    preferred_date: 'mañana',
    preferred_time: 'por la tarde',
    user_name: 'Mauro',
    special_requests: 'consulta de rutina',
  },
});
