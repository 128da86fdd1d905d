import type { DayMention } from './types.ts';

/** A day as it was said, without the calendar. */
export interface Said {
  kind: DayMention['kind'];
  weekday?: number;
  day?: number;
  month?: number;
  year?: number;
  /** Months from the call's month: "el 3 del mes que viene". */
  months?: number;
  /** Days from the call's day. */
  days?: number;
  /** Which of the coming weekdays: the nearest (default), "next" (both readings), that of a week counted from the call's. */
  which?: 'next' | { week: number };
  /** Days past the weekday of `which`: "Monday week". */
  beyond?: number;
  /** Two numbers with a stroke between them, in the order said. */
  stroke?: [number, number];
  /** The usual order of the two numbers. */
  strokeOrder?: 'day_first' | 'either';
}

/** Words about days that name no single day to come: "lunes a viernes", "last Tuesday". */
export const NO_DAY: Said = { kind: 'weekday' };
