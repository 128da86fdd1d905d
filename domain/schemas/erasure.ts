import { z } from 'zod';
import { instant } from './instant.ts';

/** Progress of a booking's erasure. */
export const erasureSchema = z
  .object({
    id: z.string().describe('Of the booking or batch'),
    requested_at: instant.describe('When it was asked for'),
    erased_at: instant.nullable().describe('Time at which the last part was gone; null: in progress'),
    left_at_providers: z.int().describe('Calls and conversations that the providers may still have'),
  })
  .meta({ id: 'Erasure', description: 'How far an erasure is' });
