import { z } from 'zod';
import { BOOKING_STATUSES } from '../result.ts';

/** The query of `GET /v1/bookings`. A cursor is opaque: it comes from `next_cursor` of the page before. */
export const bookingQuerySchema = z.object({
  status: z.enum(BOOKING_STATUSES).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('Rows per page'),
  cursor: z.string().max(500).optional(),
});
