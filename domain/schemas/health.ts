import { z } from 'zod';

export const healthSchema = z.object({ status: z.literal('ok') });

export const readySchema = z
  .object({
    status: z.literal('ready'),
    temporal: z.boolean(),
    worker: z.boolean(),
    database: z.boolean().describe('It is reachable and takes writes'),
    storage: z.boolean().describe('The data folder has room'),
    dialing: z
      .enum(['on', 'held'])
      .describe('`held`: bookings are accepted and wait; no dial leaves until an operator resumes dialing'),
    note: z.string().optional().describe('Why dialing is held, and what to do'),
  })
  .meta({ id: 'Readiness' });
