import { zoneFormats } from './zone-formats.ts';

/** What a clock and a calendar on the wall show. */
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

/** At `at` (Unix ms) in a zone. Throws a RangeError for a zone that does not exist. */
export function localMoment(zone: string, at: number): LocalMoment {
  const part = { year: '', month: '', day: '', hour: '', minute: '' };
  for (const { type, value } of formatOf(zone).formatToParts(at)) if (type in part) part[type as 'year'] = value;
  return { date: `${part.year.padStart(4, '0')}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}
