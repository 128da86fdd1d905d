import { z } from 'zod';
import { instant } from './instant.ts';

/** Progress of a booking's erasure. */
export const erasureSchema = z
  .object({
    id: z.string().describe('Of the booking'),
    requested_at: instant,
    erased_at: instant.nullable().describe('When the last of it was gone; null: it is under way'),
    left_at_providers: z.int().describe('Calls and conversations that the providers may still have'),
  })
  .meta({ id: 'Erasure' });
