import { z } from 'zod';
import type { Acceptable } from '../acceptable.ts';
import { addDays, dayOf } from '../calendar.ts';
import { isDay } from '../report/calendar-date.ts';
import { weekdayOn } from '../weekday.ts';
import { weekday } from './words.ts';

const MAX_RANGES = 50;
const WEEK = 7;

/** A second fault would only repeat the first one. */
const when = ({ issues }: { issues: readonly unknown[] }): boolean => issues.length === 0;

const date = z
  .string()
  .refine(isDay, 'must be a date that exists, as YYYY-MM-DD')
  .meta({ format: 'date', examples: ['2026-12-01'] });
const clock = (pattern: RegExp, remedy: string, example: string) =>
  z
    .string()
    .regex(pattern, remedy)
    .meta({ examples: [example] });
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const END = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

const dateRange = z
  .strictObject({ from: date.describe('First day, YYYY-MM-DD'), to: date.describe('Last day, YYYY-MM-DD') })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    when,
    message: 'must not be before from: both days belong to the range',
  })
  .meta({ id: 'DateRange', description: 'Days from the first to the last, both included' });
const timeRange = z
  .strictObject({
    from: clock(TIME, 'must be a time of day, as HH:MM', '09:00').describe('Earliest start, HH:MM'),
    to: clock(END, 'must be a time of day, as HH:MM, at most 24:00', '13:00').describe(
      'Starts are before this time, HH:MM, at most 24:00',
    ),
  })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    when,
    message: 'must be after from; write hours over midnight as two entries',
  })
  .meta({ id: 'TimeRange', description: 'Times of the start of the appointment' });

const some = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .min(1, 'must not be empty: leave it out to accept any')
    .max(MAX_RANGES, `must have at most ${MAX_RANGES} entries`)
    .optional();

/** True when one of the days is one of the weekdays. */
function meet({ dates, weekdays }: Acceptable): boolean {
  if (!dates || !weekdays) return true;
  return dates.some(({ from, to }) => {
    const last = Math.min(dayOf(to) - dayOf(from), WEEK - 1);
    return Array.from({ length: last + 1 }, (_, n) => weekdayOn(addDays(from, n))).some((day) =>
      weekdays.includes(day),
    );
  });
}

/** The appointments that may be taken. */
export const acceptableSchema = z
  .strictObject({
    dates: some(dateRange).describe('Days of the appointment, the first and the last included'),
    weekdays: some(weekday).describe('Days of the week of the appointment'),
    times: some(timeRange).describe('Start of the appointment: from this time on, and before that one'),
  })
  .refine(({ dates, weekdays, times }) => dates || weekdays || times, {
    message: 'must have dates, weekdays or times: leave it out to accept any appointment',
  })
  .refine(meet, { path: ['weekdays'], when, message: 'must have a day that lies within dates' })
  .meta({
    id: 'Acceptable',
    description:
      'The appointments that the agent may take. Each part is optional; a confirmation outside of it needs a review',
  }) satisfies z.ZodType<Acceptable>;
