import { isDay } from '../../domain/report/calendar-date.ts';

const MOMENT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The local day in a zone, ISO 8601.
 * @param moment ISO 8601; without an offset it is the zone's own wall clock
 * @returns undefined for what is no moment
 */
export function localDay(moment: string, zone: string): string | undefined {
  const match = MOMENT.exec(moment);
  const day = match?.[1];
  // Also a day that does not exist, which Date would move to another.
  if (!day || Number.isNaN(Date.parse(moment)) || !isDay(day)) return undefined;
  return match[4] ? format(zone).format(new Date(moment)) : day;
}

function format(zone: string): Intl.DateTimeFormat {
  let known = formats.get(zone);
  if (!known) {
    // The Canadian way to write a date is ISO's.
    known = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, known);
  }
  return known;
}
