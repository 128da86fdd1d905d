import { zoneFormats } from './zone-formats.ts';

/** Local time and date in one zone. */
export interface LocalMoment {
  /** ISO date. */
  date: string;
  /** HH:MM. */
  time: string;
}

const formatOf = zoneFormats({
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

/**
 * Local time and date in a zone.
 * @param at milliseconds since 1970
 * @throws RangeError for a zone that does not exist
 */
export function localMoment(zone: string, at: number): LocalMoment {
  const part = { year: '', month: '', day: '', hour: '', minute: '' };
  for (const { type, value } of formatOf(zone).formatToParts(at)) if (type in part) part[type as 'year'] = value;
  return { date: `${part.year.padStart(4, '0')}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}
