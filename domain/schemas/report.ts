import { z } from 'zod';
import { REACHED } from '../reached.ts';
import { isDay } from '../report/calendar-date.ts';
import { NOTES_MAX } from '../report/read-report.ts';
import { REPORT_RESULTS } from '../result.ts';
import { text } from './text.ts';

/** `""` and `null` both mean absent. */
export const absent = (value: string | null | undefined): boolean =>
  value === undefined || value === null || value.trim() === '';

const isTime = (value: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

/** A day that exists, or nothing. */
export const calendarDate = z
  .string()
  .trim()
  .refine((value) => absent(value) || isDay(value), 'must be a date that exists, as YYYY-MM-DD')
  .nullish()
  .meta({ examples: ['2026-11-25'] });

/** A time of day, or nothing. */
export const clockTime = z
  .string()
  .trim()
  .refine((value) => absent(value) || isTime(value), 'must be a time of day, as HH:MM')
  .nullish()
  .meta({ examples: ['16:00'] });

/**
 * The body of `report_result` as an agent should send it, over HTTP and as a client tool's `parameters`. It only documents: `readReport`
 * reads the actual body, and accepts more.
 */
export const reportRequestSchema = z
  .object({
    booking_id: text({ max: 100 }).describe('The dynamic variable `booking_id`'),
    call_id: text({ max: 100 }).describe('The dynamic variable `call_id`'),
    conversation_id: text({ max: 200, min: 0 }).nullish().describe('ElevenLabs’ id of the conversation'),
    result: z.enum(REPORT_RESULTS).describe('The answer of the person or machine'),
    reached: z
      .enum(REACHED)
      .nullish()
      .describe(
        'The callee that answered; all but person mean that nobody was reached, so that the number is called again',
      ),
    confirmed_date: calendarDate.describe('With confirmed: the day'),
    confirmed_time: clockTime.describe('With confirmed: the time at the business'),
    notes: text({ max: NOTES_MAX, min: 0 }).nullish().describe('One or two sentences for the client'),
    offers: z
      .array(
        z
          .object({
            date: calendarDate.describe('The day'),
            time: clockTime.describe('The time at the business'),
            note: text({ max: NOTES_MAX, min: 0 }).nullish().describe('Anything else about it'),
          })
          .meta({ id: 'ReportedOffer' }),
      )
      .nullish()
      .describe('Slots that the business offered and the agent did not take'),
    callback_date: calendarDate.describe(
      'With callback_requested: the day, by the business’s calendar; without it, the next such time',
    ),
    callback_time: clockTime.describe(
      'With callback_requested: the time at which they want to be called, by the business’s clock',
    ),
  })
  .meta({ id: 'ReportResult' });
