import type { BookingRequest } from '../../domain/schemas/booking-request.ts';
import { zonesOfNumber } from '../../domain/zones.ts';
import type { NewRow } from '../../records/ports/batches.ts';
import { dialTimes } from '../dial-times.ts';
import type { CheckedRow } from './check-row.ts';

/**
 * The instants before and after which a row is not dialed, ms since 1970. A moment that was refused when it was checked gives none.
 * @param now milliseconds since 1970
 */
export function timesOf(request: BookingRequest, now: number): Pick<NewRow, 'due_ms' | 'until_ms'> {
  const { business, not_before, not_after } = request;
  if (not_before === undefined && not_after === undefined) return {};
  const zones = business.timezone ? [business.timezone] : zonesOfNumber(business.phone, now);
  const instant = (field: 'not_before' | 'not_after'): number | undefined => {
    const asked = dialTimes({ [field]: request[field] }, zones, now);
    const text = 'times' in asked ? asked.times[field] : undefined;
    return text === undefined ? undefined : Date.parse(text);
  };
  return { due_ms: instant('not_before'), until_ms: instant('not_after') };
}

/** A checked row as it is stored. */
export const storedRow = (checked: CheckedRow, now: number): NewRow => {
  const { row, line, key, phone, status, reasons, request, own_not_after } = checked;
  return {
    position: row,
    line,
    key,
    phone,
    status: status === 'valid' ? 'waiting' : status,
    reasons,
    ...(status === 'valid' && request && { request, own_not_after, ...timesOf(request, now) }),
  };
};
