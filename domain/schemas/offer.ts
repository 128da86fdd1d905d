import { z } from 'zod';
import type { Offer } from '../result.ts';

/** A slot that the business offered. */
export const offerSchema = z
  .object({
    date: z.string().describe('YYYY-MM-DD'),
    time: z.string().optional().describe('HH:MM'),
    note: z.string().optional().describe('Notes of the agent about it'),
  })
  .meta({ id: 'Offer', description: 'A slot that the business offered' }) satisfies z.ZodType<Offer>;
