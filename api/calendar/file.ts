import { setImmediate as nextTurn } from 'node:timers/promises';
import ical, { type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Appointment } from '../../domain/appointment.ts';
import { localInstant } from '../../domain/local-instant.ts';
import type { BookingOrder } from '../../domain/order.ts';

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';

/** One event of a calendar. `since`: its last change, ISO 8601, UTC. */
export interface CalendarEntry {
  order: Pick<BookingOrder, 'id' | 'business' | 'request' | 'zones'>;
  appointment: Appointment;
  since: string;
}

const PRODUCT = '//Vocero//Vocero//EN';
/** No business states a length. An hour is what calendars propose themselves; a shorter event would hide a clash. */
const LENGTH_MS = 3_600_000;
/** How soon a calendar should read a feed again. */
const REFRESH_SECONDS = 3_600;
/** Events that are written in one turn of the event loop: voices share it. */
const SLICE = 25;

/** Characters that RFC 5545 allows in no text; the library escapes the others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const plain = (text: string): string => text.toWellFormed().replace(CONTROL, ' ');
const oneLine = (text: string): string => plain(text).replace(/\s+/g, ' ').trim();

type When = Pick<ICalEventData, 'start' | 'end' | 'allDay' | 'floating'> & { words: string };

/**
 * Where the number's zones show different clocks, the time is left floating: every calendar then shows the hour that was said on the
 * phone, instead of an hour of a guessed zone.
 */
function whenOf({ date, time }: Appointment, zones: readonly string[]): When {
  if (time === null) return { start: new Date(`${date}T00:00:00Z`), allDay: true, words: `${date}, no hour given` };
  const [zone = 'UTC', ...others] = zones;
  const at = localInstant(zone, date, time);
  const floating = others.some((other) => localInstant(other, date, time) !== at);
  const start = floating ? Date.parse(`${date}T${time}:00Z`) : at;
  const words = `${date} ${time} (${floating ? 'on its own clock, whose zone is not known' : zone})`;
  return { start: new Date(start), end: new Date(start + LENGTH_MS), floating, words };
}

function eventOf({ order, appointment, since }: CalendarEntry): ICalEventData {
  const { business, request } = order;
  const { simulated, reviewed, notes } = appointment;
  const { words, ...when } = whenOf(appointment, order.zones);
  const what = `${request.service_type} – ${business.name}`;
  const description = [
    simulated && 'SIMULATED: nobody was called, and no appointment exists.',
    `At the business: ${words}`,
    `Phone: ${business.phone}`,
    `For: ${oneLine(request.user_name)}`,
    reviewed && 'Settled by a person.',
    notes && `Notes: ${plain(notes)}`,
    `Booking: ${order.id}`,
  ];
  return {
    ...when,
    id: `${order.id}@vocero`,
    stamp: new Date(since),
    summary: oneLine(simulated ? `SIMULATED, not booked: ${what}` : what),
    location: `${oneLine(business.name)}, ${business.phone}`,
    description: { plain: description.filter(Boolean).join('\n') },
    status: simulated ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    // A simulation, and a day without an hour, keep nobody from another appointment.
    transparency: simulated || when.allDay ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  };
}

const END = 'END:VCALENDAR';

/** The lines of the events alone, each with its end. */
function eventLines(entries: readonly CalendarEntry[]): string {
  const written = ical({ prodId: PRODUCT, events: entries.map(eventOf) }).toString();
  return written.slice(written.indexOf('\r\nBEGIN:VEVENT') + 2, written.lastIndexOf(END));
}

/** A calendar (RFC 5545), a slice of it in each turn of the event loop. `name`: of a calendar that is read again and again. */
export async function calendarOf(entries: readonly CalendarEntry[], name?: string): Promise<string> {
  const empty = ical({ prodId: PRODUCT, ...(name && { name, ttl: REFRESH_SECONDS }) }).toString();
  const parts = [empty.slice(0, empty.lastIndexOf(END))];
  for (let from = 0; from < entries.length; from += SLICE) {
    if (from > 0) await nextTurn();
    parts.push(eventLines(entries.slice(from, from + SLICE)));
  }
  return `${parts.join('')}${END}\r\n`;
}
