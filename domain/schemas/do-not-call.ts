import { z } from 'zod';
import { instant } from './instant.ts';

const forbiddenNumber = z
  .object({
    phone_hash: z.string().describe('Keyed hash of the number: names it in `DELETE /v1/do-not-call/{number}`'),
    phone_masked: z.string().describe('The number with most of its digits hidden'),
    booking_id: z.string().describe('The booking in whose talk it asked not to be called; empty: it called our number'),
    at: instant.describe('Since when it is on the list'),
  })
  .meta({ id: 'ForbiddenNumber', description: 'A number that no booking dials' });

/** Numbers are stored as keyed hashes. Displayed numbers are masked. */
export const doNotCallSchema = z
  .object({ data: z.array(forbiddenNumber).describe('Every number of the list') })
  .meta({ id: 'DoNotCallList' });
