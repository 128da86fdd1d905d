import { z } from 'zod';

export const healthSchema = z.object({ status: z.literal('ok') });

export const readySchema = z
  .object({ status: z.literal('ready'), temporal: z.boolean(), worker: z.boolean(), database: z.boolean() })
  .meta({ id: 'Readiness' });
