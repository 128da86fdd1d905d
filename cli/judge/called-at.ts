import { type LocalMoment, localMoment } from '../../domain/local-moment.ts';
import { isDay } from '../../domain/report/calendar-date.ts';

const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * The local date and time in a zone.
 * @param moment ISO 8601; without an offset it is the zone's own wall clock
 * @returns undefined if it is not a moment
 */
export function calledAt(moment: string, zone: string): LocalMoment | undefined {
  const [, date, time, , , offset] = MOMENT.exec(moment) ?? [];
  const at = Date.parse(moment);
  // `isDay` also refuses a day that does not exist, which Date would move to another.
  if (date === undefined || time === undefined || Number.isNaN(at) || !isDay(date)) return undefined;
  return offset ? localMoment(zone, at) : { date, time };
}
