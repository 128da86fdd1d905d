import { z } from 'zod';

export const healthSchema = z
  .object({ status: z.literal('ok').describe('The process answers') })
  .meta({ id: 'Health' });

export const readySchema = z
  .object({
    status: z.literal('ready').describe('All of the following'),
    temporal: z.boolean().describe('Temporal answers'),
    worker: z.boolean().describe('Workers poll every task queue that bookings need'),
    database: z.boolean().describe('The database answers'),
  })
  .meta({ id: 'Readiness' });
