import { z } from 'zod';

export const healthSchema = z
  .object({ status: z.literal('ok').describe('The process answers') })
  .meta({ id: 'Health' });

export const readySchema = z
  .object({
    status: z.literal('ready').describe('All of the following'),
    temporal: z.boolean().describe('Temporal answers'),
    worker: z.boolean().describe('Workers poll every task queue that bookings need'),
    database: z.boolean().describe('It is reachable and takes writes'),
    storage: z.boolean().describe('The data folder has room'),
    dialing: z
      .enum(['on', 'held'])
      .describe('`held`: bookings are accepted and wait; no dial leaves until an operator resumes dialing'),
    note: z.string().optional().describe('Why dialing is held, and what to do'),
  })
  .meta({ id: 'Readiness' });
