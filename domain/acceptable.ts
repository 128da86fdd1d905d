import { type Weekday, weekdayOn } from './weekday.ts';

/** The appointments that may be taken. An absent part allows everything. */
export interface Acceptable {
  /** ISO dates, both inclusive. */
  dates?: { from: string; to: string }[] | undefined;
  weekdays?: Weekday[] | undefined;
  /** Of the appointment's start, HH:MM: `from` inclusive, `to` exclusive, at most 24:00. */
  times?: { from: string; to: string }[] | undefined;
}

/** True when an appointment on this day, ISO date, at this time, HH:MM, may be taken. */
export function isAcceptable({ dates, weekdays, times }: Acceptable, date: string, time: string): boolean {
  if (dates && !dates.some(({ from, to }) => from <= date && date <= to)) return false;
  if (weekdays && !weekdays.includes(weekdayOn(date))) return false;
  return !times || times.some(({ from, to }) => from <= time && time < to);
}
