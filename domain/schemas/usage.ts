import { z } from 'zod';

export const usageSchema = z
  .object({
    answered_calls: z.int().min(0).describe('Calls that a person or a machine answered'),
    talk_seconds: z.int().min(0).describe('From the answer of each call to its end'),
    estimated_cost: z
      .object({
        amount: z.number().min(0).describe('Rounded to 0.0001'),
        currency: z.string().describe('ISO 4217'),
      })
      .nullable()
      .describe('By the rates of the installation (COST_…), in the sandbox as well; null: it has none'),
  })
  .meta({ id: 'Usage' });

export type UsageView = z.output<typeof usageSchema>;
