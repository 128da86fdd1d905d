import { nextOpening } from '../domain/calling-window.ts';
import { iso } from '../domain/iso.ts';
import { momentOf } from '../domain/moment-text.ts';
import type { BookingOrder, CallingWindow } from '../domain/order.ts';
import type { BookingRequest } from '../domain/schemas/booking-request.ts';
import { hoursOf } from '../domain/weekly-hours.ts';
import { momentsAt } from '../domain/zone-clock.ts';

/** Longest time ahead for `not_before` and `not_after`. */
export const YEAR_MS = 366 * 86_400_000;
/** Words for a moment that is no use. */
export const PAST = 'is in the past: give a later time, or leave it out';
export const TOO_FAR = 'is more than a year away: give an earlier time';

type Field = 'not_before' | 'not_after';
type Times = Pick<BookingOrder, Field>;

/** A field of the request that this installation refuses. `message` continues the field's name. */
export interface Refusal {
  field: string;
  message: string;
}

/** The instant that a checked text means in the business's zones, in ms since 1970, or why none is meant. */
export function instantOf(text: string, zones: readonly string[]): number | string {
  const moment = momentOf(text);
  if (!moment) return 'must be an instant or a local time';
  if ('instant' in moment) return moment.instant;
  if (zones.length > 1) {
    return `is a local time, and the business may be in several time zones (${zones.join(', ')}): give business.timezone, or an offset such as ${text}-03:00`;
  }
  const [zone = ''] = zones;
  const [first, second] = momentsAt(zone, moment.local);
  if (first === undefined)
    return `does not exist in ${zone}, where clocks go forward then: give an offset, or another time`;
  if (second !== undefined) return `exists twice in ${zone}, where clocks go back then: give an offset`;
  return first;
}

function refusalOf(field: Field, at: number, now: number): string | undefined {
  if (field === 'not_after' && at <= now) return PAST;
  return at > now + YEAR_MS ? TOO_FAR : undefined;
}

/**
 * The instants before and after which a booking is not dialed, or why they are refused.
 * @param now milliseconds since 1970
 */
export function dialTimes(
  request: Pick<BookingRequest, Field>,
  zones: readonly string[],
  now: number,
): { times: Times } | { refused: Refusal[] } {
  const times: Times = {};
  const refused: Refusal[] = [];
  for (const field of ['not_before', 'not_after'] as const) {
    const text = request[field];
    if (text === undefined) continue;
    const at = instantOf(text, zones);
    const message = typeof at === 'string' ? at : refusalOf(field, at, now);
    if (message !== undefined) refused.push({ field, message });
    else times[field] = iso(Number(at));
  }
  const { not_before, not_after } = times;
  if (not_before !== undefined && not_after !== undefined && not_after <= not_before) {
    refused.push({ field: 'not_after', message: `must be later than not_before (${not_before})` });
  }
  return refused.length > 0 ? { refused } : { times };
}

/** Why opening hours are refused: nobody could ever be rung in them. Holidays and clock changes are left aside. */
export function neverOpen(
  { business, zones }: Pick<BookingOrder, 'business' | 'zones'>,
  window: CallingWindow,
  now: number,
): Refusal | undefined {
  const { opening_hours } = business;
  if (!opening_hours || nextOpening(hoursOf(window, opening_hours), zones, now) !== undefined) return undefined;
  return {
    field: 'business.opening_hours',
    message:
      'never meet the hours in which this installation calls (CALLING_WINDOW): give hours that do, or have the setting widened',
  };
}
