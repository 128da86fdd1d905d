import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { type FieldError, invalid, Problem } from './problem.ts';

const fieldOf = (path: PropertyKey[], part: string): string => (path.length > 0 ? path.map(String).join('.') : part);

/** Each refused field by its full name, an unknown key by its own. */
export function fieldErrors(error: z.core.$ZodError, part = 'body'): FieldError[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: fieldOf([...issue.path, key], part),
        message: 'is not a known field: remove it, or check its spelling',
      }));
    }
    // zod leaves the input out of the issue when there was none.
    const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
    const message = missing ? `is required (${issue.expected})` : issue.message;
    return [{ field: fieldOf(issue.path, part), message }];
  });
}

/** Parses what a provider sent, or throws the `422` that names the fields. */
export function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (!result.success) throw invalid(fieldErrors(result.error));
  return result.data;
}

/** Routes' schemas are zod's; what does not fit them is a `422`, a missing body a `400`. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    if (httpPart === 'body' && (data === undefined || data === null)) {
      return { error: new Problem(400, 'A JSON body is required.') };
    }
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    return { error: invalid(fieldErrors(result.error, httpPart)) };
  };

/** For bodies that may be looked at only after their signature: the schema is documentation, the route parses. */
export const documentedOnly: FastifySchemaCompiler<unknown> = () => (value) => ({ value });
