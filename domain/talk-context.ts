import { localMoment } from './local-moment.ts';
import type { BookingOrder } from './order.ts';
import type { TalkContext } from './talk/types.ts';

/** The zone of the business; of several the first. */
const zoneOf = ({ business, zones }: Pick<BookingOrder, 'business' | 'zones'>): string =>
  business.timezone ?? zones[0] ?? 'UTC';

/** The local day, ISO 8601, of a call that began at `at` (ms since 1970). */
export const dayOfCall = (order: Pick<BookingOrder, 'business' | 'zones'>, at: number): string =>
  localMoment(zoneOf(order), at).date;

/** The context for reading a talk of the booking that began at `at` (ms since 1970). */
export function talkContext(order: Pick<BookingOrder, 'business' | 'zones' | 'request'>, at: number): TalkContext {
  const { date, time } = localMoment(zoneOf(order), at);
  return { called_on: date, called_time: time, request: order.request };
}
