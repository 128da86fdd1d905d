import { z } from 'zod';
import { phone } from './booking-request.ts';
import { instant } from './instant.ts';
import { TEXT_MAX, text } from './text.ts';

const forbiddenNumber = z
  .object({
    phone_hash: z.string().describe('Keyed hash of the number: names it in `DELETE /v1/do-not-call/{number}`'),
    phone_masked: z.string().describe('The number with most of its digits hidden'),
    booking_id: z.string().describe('The booking that led to the entry; empty: none did'),
    at: instant.describe('Since when it is on the list'),
    reason: z.string().optional().describe('As it was given; absent: the number asked for it in a call'),
    expires_at: instant.optional().describe('The entry ends then; absent: it has no end'),
  })
  .meta({ id: 'ForbiddenNumber', description: 'A number that no booking dials' });

/** Numbers are stored as keyed hashes. Displayed numbers are masked. */
export const doNotCallSchema = z
  .object({ data: z.array(forbiddenNumber).describe('Every number of the list') })
  .meta({ id: 'DoNotCallList' });

/** The body of `POST /v1/do-not-call`. */
export const prohibitionRequestSchema = z
  .strictObject({
    phone,
    reason: text({ max: TEXT_MAX }).optional().describe('For those who read the list'),
    expires_at: z.iso
      .datetime({ offset: true, error: 'must be an instant with an offset, such as 2026-12-01T09:00:00-03:00' })
      .optional()
      .describe('The entry ends then; absent: it has no end'),
  })
  .meta({ id: 'ProhibitionRequest' });

export const prohibitionSchema = z
  .object({
    phone: z.string().describe('In E.164'),
    at: instant.describe('When the number came on the list'),
    expires_at: instant.nullable().describe('null: the entry has no end'),
  })
  .meta({ id: 'Prohibition' });
