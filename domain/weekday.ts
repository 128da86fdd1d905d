import { dayOf, weekdayOf } from './calendar.ts';

/** The days of the week, as in settings and requests. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The weekday of an ISO date. */
export const weekdayOn = (date: string): Weekday => WEEKDAYS[(weekdayOf(dayOf(date)) + 6) % 7]!;
