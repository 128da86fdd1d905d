import { z } from 'zod';
import { CHANNELS } from '../channels.ts';
import { BOOKING_STATUSES, RESULTS } from '../result.ts';
import { madeByKey } from './idempotency-key.ts';
import { queryInstant } from './operating.ts';
import { waitQuery } from './wait.ts';

const include = z
  .enum(['order'])
  .optional()
  .describe('`order`: each booking contains its order; a single booking also contains its budgets');

const parent = (kind: string) => z.string().min(1).max(100).optional().describe(`The bookings of this ${kind}`);

/** The query of `GET /v1/bookings/{id}`. */
export const bookingReadSchema = z.object({ include, ...waitQuery });

/** The query of `GET /v1/bookings`. A cursor is opaque: it comes from `next_cursor` of the previous page. */
export const bookingQuerySchema = z.object({
  status: z.enum(BOOKING_STATUSES).optional(),
  channel: z.enum(CHANNELS).optional().describe('The channel of the outcome, or the one in use'),
  result: z.enum(RESULTS).optional(),
  reviewed: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .describe(
      'true: with a review; false: without one. With status=needs_review, `false` gives the bookings that wait for a review',
    ),
  q: z
    .string()
    .max(200)
    .optional()
    .describe(
      'The beginning of an id; a phone number or a part of one, as people write it; or words, each a part of the business’s name, the service, the person’s name or the number',
    ),
  created_from: queryInstant.optional().describe('Only bookings that were accepted at this instant or later'),
  created_before: queryInstant.optional().describe('Only bookings that were accepted before this instant'),
  shortlist: parent('shortlist'),
  batch: parent('batch'),
  idempotency_key: madeByKey('booking'),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('Rows per page'),
  cursor: z.string().max(500).optional(),
  include,
  from: z
    .enum(['records'])
    .optional()
    .describe(
      '`records`: the last recorded state, without a query to each workflow; for clients that poll. A repeated `ETag` is answered with 304',
    ),
});
