import { parseCallId } from '../domain/ids.ts';

/**
 * The booking and number of an attempt.
 * @throws Error when `callId` is not an attempt's id
 */
export function attemptOf(callId: string): { booking_id: string; number: number } {
  const parsed = parseCallId(callId);
  if (!parsed)
    throw new TypeError(`call_id must be a booking id and an attempt's number (bk_….1), not ${shown(callId)}`);
  return { booking_id: parsed.bookingId, number: parsed.n };
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 80);
