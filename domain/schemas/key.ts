import { z } from 'zod';

/** The answer of `GET /v1/key`. */
export const keySchema = z
  .object({
    operator: z.boolean().describe('It may do what operators do: reviews, the whole do-not-call list'),
    sees_all: z.boolean().describe('It sees the bookings of all keys'),
  })
  .meta({ id: 'Key' });
