import { z } from 'zod';
import { REPORT_RESULTS, type Report } from '../result.ts';
import { text } from './text.ts';

/** Models like to explain themselves: a report is not refused for being longer than a booking's texts. */
export const NOTES_MAX = 4_000;

/** Models fill what they do not know with `""` or `null`; both mean absent. */
export const absent = (value: string | null | undefined): boolean =>
  value === undefined || value === null || value.trim() === '';

const isDate = (value: string): boolean => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};

const isTime = (value: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

/** A day that exists, or nothing. */
export const calendarDate = z
  .string()
  .trim()
  .refine((value) => absent(value) || isDate(value), 'must be a date that exists, as YYYY-MM-DD')
  .nullish()
  .meta({ examples: ['2026-11-25'] });

/** A time of day, or nothing. */
export const clockTime = z
  .string()
  .trim()
  .refine((value) => absent(value) || isTime(value), 'must be a time of day, as HH:MM')
  .nullish()
  .meta({ examples: ['16:00'] });

const fields = {
  result: z.enum(REPORT_RESULTS),
  confirmed_date: calendarDate,
  confirmed_time: clockTime,
  notes: text({ max: NOTES_MAX, min: 0 }).nullish(),
};

/** What an agent reports, whoever carries it. Unknown keys are ignored: tools may send more than we asked for. */
export const reportSchema = z.object(fields);

/** The body of `report_result`, over HTTP and as a client tool's `parameters`. */
export const reportRequestSchema = z
  .object({
    booking_id: text({ max: 100 }),
    call_id: text({ max: 100 }),
    conversation_id: text({ max: 200, min: 0 }).nullish(),
    ...fields,
  })
  .meta({ id: 'ReportResult' });

export type ReportRequest = z.output<typeof reportRequestSchema>;

/** The report without its envelope, absent fields left out. */
export function reportOf(input: z.output<typeof reportSchema>): Report {
  return {
    result: input.result,
    ...(absent(input.confirmed_date) ? {} : { confirmed_date: input.confirmed_date! }),
    ...(absent(input.confirmed_time) ? {} : { confirmed_time: input.confirmed_time! }),
    ...(absent(input.notes) ? {} : { notes: input.notes! }),
  };
}
