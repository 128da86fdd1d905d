import { z } from 'zod';
import { ACTS } from '../acts.ts';
import { instant } from './instant.ts';
import { pageOf, pageQuery } from './shared.ts';
import { usageSchema } from './usage.ts';

/** A moment with an offset, in a query. */
export const queryInstant = z.iso.datetime({
  offset: true,
  error: 'must be an instant with an offset, such as 2026-12-01T00:00:00-03:00 (a + written as %2B)',
});

/** The longest period of figures. */
const MAX_PERIOD_MS = 93 * 86_400_000;

/** The query of `GET /v1/figures`. */
export const figuresQuerySchema = z
  .object({
    from: queryInstant.describe('Outcomes from this instant on'),
    before: queryInstant.describe('Outcomes before this instant; at most 93 days later'),
  })
  .refine(({ from, before }) => Date.parse(before) > Date.parse(from), {
    path: ['before'],
    message: 'must be later than from',
  })
  .refine(({ from, before }) => Date.parse(before) - Date.parse(from) <= MAX_PERIOD_MS, {
    path: ['before'],
    message: 'must be at most 93 days later than from',
  });

/** The answer of `GET /v1/figures`. */
export const figuresSchema = z
  .object({
    final: z.int().describe('Bookings that got their outcome in the period'),
    confirmed: z.int().describe('With an appointment, a person’s decision included; simulations have none'),
    unreachable: z.int().describe('Nobody answered, or only a machine did'),
    canceled: z.int().describe('Canceled before there was a result'),
    simulated: z.int().describe('Ended in the channel simulation: nobody was called'),
    usage: usageSchema.describe('The calls of all of these bookings'),
  })
  .meta({ id: 'Figures', description: 'Sums over the bookings that ended in a period' });

/** The answer of `GET /v1/reviews-due`. */
export const reviewsDueSchema = z
  .object({
    count: z.int().describe('Bookings that wait for a review'),
    newest: instant.nullable().describe('When the last of them got its outcome; null: none waits'),
  })
  .meta({ id: 'ReviewsDue', description: 'Bookings that wait for a person' });

/** The query of `GET /v1/numbers`. */
export const numberQuerySchema = z.object({
  typed: z.string().min(1).max(64).describe('A telephone number as people write it, with or without its country'),
});

/** The answer of `GET /v1/numbers`. */
export const numberSchema = z
  .object({
    number: z.string().nullable().describe('The number that is meant, in E.164; null: none, or several may be'),
    written: z.string().nullable().describe('The same as people read it, such as +54 11 4321 1234'),
    country: z.string().nullable().describe('ISO 3166 code of its country'),
    problem: z.string().nullable().describe('Why it cannot be dialed; continues the field’s name'),
    suggestions: z.array(z.string()).describe('Numbers that may be meant, in E.164; for a person to choose'),
    open_bookings: z
      .array(
        z.object({
          id: z.string().describe('Id of the booking'),
          status: z.string().describe('Where it stands'),
          service_type: z.string().describe('The service'),
          user_name: z.string().describe('The person for whom it is'),
          created_at: instant.describe('When it was accepted'),
        }),
      )
      .describe('Open bookings of this number that the key may see, newest first, three at most'),
  })
  .meta({ id: 'NumberMeant', description: 'A number as it is understood' });

export const actSchema = z
  .object({
    act: z.enum(ACTS).describe('The deed'),
    at: instant.describe('When'),
    by: z.string().nullable().describe('The name of the operator’s key; null: it has none'),
    key: z.string().describe('Distinguishes operator keys; not the key. `terminal`: a command on the machine'),
    booking_id: z.string().nullable().describe('The booking; null: it was about something else'),
    subject: z
      .string()
      .nullable()
      .describe('forbid, allow: the number, masked; of a batch, its row or a shortlist: the id'),
  })
  .meta({ id: 'Act', description: 'Something that an operator did' });

/** The query of `GET /v1/acts`. */
export const actsQuerySchema = z.object({
  booking: z.string().max(100).optional().describe('Only those about this booking'),
  act: z.enum(ACTS).optional().describe('Only these deeds'),
  by: z.string().max(200).optional().describe('Only those of the operator with this name'),
  from: queryInstant.optional().describe('Only from this instant on'),
  before: queryInstant.optional().describe('Only before this instant'),
  ...pageQuery(200, 50),
});

/** The answer of `GET /v1/acts`. */
export const actsSchema = pageOf(actSchema, 'Newest first').extend({
  operators: z.array(z.string()).describe('Names that operator keys have now, and that `by` takes'),
});
