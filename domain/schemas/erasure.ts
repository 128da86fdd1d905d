import { z } from 'zod';
import { instant } from './instant.ts';

/** How far the erasure of a booking has come. */
export const erasureSchema = z
  .object({
    id: z.string().describe('Of the booking'),
    requested_at: instant,
    erased_at: instant.nullable().describe('When the last of it was gone; null: it is under way'),
    left_at_providers: z.int().describe('Calls and conversations that the providers may still have'),
  })
  .meta({ id: 'Erasure' });
