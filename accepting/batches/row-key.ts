import { createHash } from 'node:crypto';
import type { BookingRequest } from '../../domain/schemas/booking-request.ts';

const bare = (text = ''): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** The key of a row that has none, from number, service, person and day: the same row gets the same key, wherever it stands in a file. */
export function madeKey({ business, request }: Pick<BookingRequest, 'business' | 'request'>): string {
  const errand = [business.phone, bare(request.service_type), bare(request.user_name), bare(request.preferred_date)];
  return `row-${createHash('sha256').update(JSON.stringify(errand)).digest('hex').slice(0, 24)}`;
}
