import { z } from 'zod';
import type { Acceptable } from '../acceptable.ts';
import { addDays, dayOf } from '../calendar.ts';
import { isDay } from '../report/calendar-date.ts';
import { WEEKDAYS, weekdayOn } from '../weekday.ts';

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

const dateRange = z.strictObject({ from: date, to: date }).refine(({ from, to }) => from <= to, {
  path: ['to'],
  when,
  message: 'must not be before from: both days belong to the range',
});
const timeRange = z
  .strictObject({
    from: clock(TIME, 'must be a time of day, as HH:MM', '09:00'),
    to: clock(END, 'must be a time of day, as HH:MM, at most 24:00', '13:00'),
  })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    when,
    message: 'must be after from; write hours over midnight as two entries',
  });

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
    weekdays: some(z.enum(WEEKDAYS)),
    times: some(timeRange).describe('Start of the appointment: from this time on, and before that one'),
  })
  .refine(({ dates, weekdays, times }) => dates || weekdays || times, {
    message: 'must have dates, weekdays or times: leave it out to accept any appointment',
  })
  .refine(meet, { path: ['weekdays'], when, message: 'must have a day that lies within dates' })
  .meta({ id: 'Acceptable' }) satisfies z.ZodType<Acceptable>;
