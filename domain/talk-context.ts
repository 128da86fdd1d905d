import type { BookingOrder } from './order.ts';
import type { TalkContext } from './talk/types.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return format;
}

/** The local day at a moment (Unix ms), ISO 8601. Throws a RangeError for a zone that does not exist. */
export function localDay(zone: string, at: number): string {
  const parts = { year: '', month: '', day: '' };
  for (const { type, value } of formatOf(zone).formatToParts(at)) if (type in parts) parts[type as 'day'] = value;
  return `${parts.year.padStart(4, '0')}-${parts.month}-${parts.day}`;
}

/** The zone of the business; of several the first. */
export const zoneOf = ({ business, zones }: Pick<BookingOrder, 'business' | 'zones'>): string =>
  business.timezone ?? zones[0] ?? 'Etc/UTC';

/** Against this a talk of the booking is read that began at `at` (Unix ms). */
export const talkContext = (order: Pick<BookingOrder, 'business' | 'zones' | 'request'>, at: number): TalkContext => ({
  called_on: localDay(zoneOf(order), at),
  request: order.request,
});
