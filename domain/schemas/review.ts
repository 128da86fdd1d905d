import { z } from 'zod';
import { NOTES_MAX } from '../report/read-report.ts';
import { DECISIONS, type Review, type ReviewRecord } from '../review.ts';
import { instant } from './instant.ts';
import { absent, calendarDate, clockTime } from './report.ts';
import { text } from './text.ts';

const NAME_MAX = 200;

const orNull = (value: string | null | undefined): string | null => (absent(value) ? null : value!);

const REVIEW_EXAMPLE = { by: 'Ana', result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' };

/** The body of `POST /v1/bookings/{id}/review`. */
export const reviewRequestSchema = z
  .strictObject({
    by: text({ max: NAME_MAX })
      .optional()
      .describe('Name or staff number of the person who decides; default: the name of the operator key'),
    result: z.enum(DECISIONS).describe('The decision'),
    confirmed_date: calendarDate.describe('For confirmed, and only then'),
    confirmed_time: clockTime.describe('For confirmed, and only then'),
    notes: text({ max: NOTES_MAX, min: 0 }).nullish().describe('How the person knows'),
  })
  .superRefine((body, context) => {
    for (const field of ['confirmed_date', 'confirmed_time'] as const) {
      const given = !absent(body[field]);
      if (given === (body.result === 'confirmed')) continue;
      const message = given
        ? `belongs to the result confirmed only: leave it out for ${body.result}`
        : 'is needed for the result confirmed';
      context.addIssue({ code: 'custom', path: [field], message });
    }
  })
  .transform(({ by, result, confirmed_date, confirmed_time, notes }) => ({
    by,
    decision: {
      result,
      confirmed_date: orNull(confirmed_date),
      confirmed_time: orNull(confirmed_time),
      notes: orNull(notes),
    },
  }))
  .meta({ id: 'ReviewRequest', examples: [REVIEW_EXAMPLE] });

const decisionSchema = z
  .object({
    result: z.enum(DECISIONS).describe('The decision'),
    confirmed_date: z.string().nullable().describe('YYYY-MM-DD'),
    confirmed_time: z.string().nullable().describe('HH:MM'),
    notes: z.string().nullable().describe('How the person knows'),
  })
  .meta({ id: 'Decision', description: 'The decision of a person' });

const fields = {
  decision: decisionSchema.describe('The decision'),
  by: z.string().describe('The person, as signed'),
  at: instant.describe('When'),
};

export const reviewSchema = z
  .object(fields)
  .meta({ id: 'Review', description: 'An operator’s decision about a booking' }) satisfies z.ZodType<Review>;

export const reviewsSchema = z
  .object({
    data: z
      .array(
        z
          .object({
            number: z.int().describe('From 1; the last one counts'),
            ...fields,
            key: z.string().describe('Distinguishes operator keys; not the key'),
          })
          .meta({ id: 'ReviewRecord' }) satisfies z.ZodType<ReviewRecord>,
      )
      .describe('In the order in which they were given'),
  })
  .meta({ id: 'ReviewList' });
