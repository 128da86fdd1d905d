import { z } from 'zod';
import { batchProblemSchema } from './batch-check.ts';

/** An RFC 9457 problem document. `errors` names each refused field. */
export const problemSchema = z
  .object({
    type: z.string().meta({
      format: 'uri',
      description: 'The kind of problem, for programs',
      examples: ['urn:vocero:problem:not-found'],
    }),
    title: z.string().describe('The kind of problem, for people'),
    status: z.int().describe('The HTTP status'),
    detail: z.string().optional().describe('The fault, and the remedy'),
    errors: z
      .array(
        z
          .object({
            field: z.string().describe('Path in the body, or the name of a parameter or header'),
            message: z.string().describe('Continues the field’s name, and says the remedy'),
            suggestions: z.array(z.string()).optional().describe('Probably intended values, most likely first'),
          })
          .meta({ id: 'FieldProblem', description: 'A refused field' }),
      )
      .optional()
      .describe('Each refused field'),
    problems: z.array(batchProblemSchema).optional().describe('Every problem of a list whose rows are not accepted'),
    request_id: z.string().optional().describe('Quote it when you ask about a failure'),
  })
  .meta({ id: 'Problem', description: 'An error, as RFC 9457 has it' });

export type ProblemDocument = z.output<typeof problemSchema>;
