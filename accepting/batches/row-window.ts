import type { Fault } from '../../domain/batch/problems.ts';
import { momentOf } from '../../domain/moment-text.ts';
import type { BookingRequest } from '../../domain/schemas/booking-request.ts';
import { zonesOfNumber } from '../../domain/zones.ts';
import { instantOf } from '../dial-times.ts';

const FIELDS = ['not_before', 'not_after'] as const;
type Window = Partial<Record<(typeof FIELDS)[number], string | undefined>>;

const zonesOf = ({ business }: BookingRequest, now: number): string[] =>
  business.timezone ? [business.timezone] : zonesOfNumber(business.phone, now);

/** The narrower one of two moments, as it was written. A moment that means no instant wins: it is refused where orders are made. */
function narrower(field: keyof Window, own: string, ofBatch: string, zones: readonly string[]): string {
  const [mine, theirs] = [instantOf(own, zones), instantOf(ofBatch, zones)];
  if (typeof mine === 'string') return own;
  if (typeof theirs === 'string') return ofBatch;
  const batchIsNarrower = field === 'not_before' ? theirs > mine : theirs < mine;
  return batchIsNarrower ? ofBatch : own;
}

/**
 * The request with the batch's `not_before` and `not_after`, which hold for each row in its zone and only narrow the row's own.
 * @param now milliseconds since 1970
 */
export function inWindow(
  request: BookingRequest,
  batch: Window,
  now: number,
): { request: BookingRequest } | { fault: Fault } {
  const zones = zonesOf(request, now);
  const narrowed = { ...request };
  for (const field of FIELDS) {
    const [own, ofBatch] = [request[field], batch[field]];
    if (ofBatch !== undefined) narrowed[field] = own === undefined ? ofBatch : narrower(field, own, ofBatch, zones);
    const text = narrowed[field];
    const moment = text === undefined ? undefined : momentOf(text);
    if (moment && 'local' in moment && zones.length > 1) {
      const message = `is needed: ${field} is the local time ${text}, and this number may be in several time zones (${zones.join(', ')})`;
      return { fault: { path: ['business', 'timezone'], code: 'unknown_timezone', message } };
    }
  }
  return { request: narrowed };
}
