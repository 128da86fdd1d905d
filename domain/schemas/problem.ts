import { z } from 'zod';
import { batchProblemSchema } from './batch-check.ts';

/** An RFC 9457 problem document. `errors` names each refused field. */
export const problemSchema = z
  .object({
    type: z.string().meta({ format: 'uri' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z
      .array(
        z.object({
          field: z.string(),
          message: z.string(),
          suggestions: z.array(z.string()).optional().describe('Probably intended values, most likely first'),
        }),
      )
      .optional(),
    problems: z.array(batchProblemSchema).optional().describe('Every problem of a list whose rows are not accepted'),
    request_id: z.string().optional().describe('Quote it when you ask about a failure'),
  })
  .meta({ id: 'Problem' });

export type ProblemDocument = z.output<typeof problemSchema>;
