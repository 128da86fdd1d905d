import { z } from 'zod';
import { CHANNELS } from '../channels.ts';
import { BOOKING_STATUSES, RESULTS } from '../result.ts';

const include = z
  .enum(['order'])
  .optional()
  .describe('`order`: each booking carries what was asked for; one booking carries its budgets too');

/** The query of `GET /v1/bookings/{id}`. */
export const bookingReadSchema = z.object({ include });

/** The query of `GET /v1/bookings`. A cursor is opaque: it comes from `next_cursor` of the previous page. */
export const bookingQuerySchema = z.object({
  status: z.enum(BOOKING_STATUSES).optional(),
  channel: z.enum(CHANNELS).optional().describe('The channel of the outcome, or the one in use'),
  result: z.enum(RESULTS).optional(),
  reviewed: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .describe('Whether a person has settled it; with status=needs_review, `false` gives those that wait for one'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('The beginning of an id, a whole phone number, or a part of the business’s name'),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('Rows per page'),
  cursor: z.string().max(500).optional(),
  include,
  from: z
    .enum(['records'])
    .optional()
    .describe(
      '`records`: as last recorded, without asking each workflow; for whoever asks again and again. A repeated `ETag` is answered 304',
    ),
});
