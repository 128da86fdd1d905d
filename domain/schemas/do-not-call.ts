import { z } from 'zod';
import { phone } from './booking-request.ts';
import { instant } from './instant.ts';
import { TEXT_MAX, text } from './text.ts';

/** Numbers are stored as keyed hashes. Displayed numbers are masked. */
export const doNotCallSchema = z
  .object({
    data: z.array(
      z.object({
        phone_hash: z.string(),
        phone_masked: z.string(),
        booking_id: z.string().describe('The booking that led to the entry; empty: none did'),
        at: z.string(),
        reason: z.string().optional(),
        expires_at: instant.optional().describe('The entry ends then; absent: it has no end'),
      }),
    ),
  })
  .meta({ id: 'DoNotCallList' });

/** The body of `POST /v1/do-not-call`. */
export const prohibitionRequestSchema = z
  .strictObject({
    phone,
    reason: text({ max: TEXT_MAX }).optional(),
    expires_at: z.iso
      .datetime({ offset: true, error: 'must be an instant with an offset, such as 2026-12-01T09:00:00-03:00' })
      .optional()
      .describe('The entry ends then; absent: it has no end'),
  })
  .meta({ id: 'ProhibitionRequest' });

export const prohibitionSchema = z
  .object({
    phone: z.string(),
    at: instant.describe('When the number came on the list'),
    expires_at: instant.nullable().describe('null: the entry has no end'),
  })
  .meta({ id: 'Prohibition' });
