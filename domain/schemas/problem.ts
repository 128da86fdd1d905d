import { z } from 'zod';

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
    request_id: z.string().optional().describe('Quote it when you ask about a failure'),
  })
  .meta({ id: 'Problem' });

export type ProblemDocument = z.output<typeof problemSchema>;
