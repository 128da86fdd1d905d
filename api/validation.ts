import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { type FieldError, invalid, Problem } from './problem.ts';

const fieldOf = (path: PropertyKey[], part: string): string => (path.length > 0 ? path.map(String).join('.') : part);

const KINDS: Record<string, string> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

/** Describes the rule that a field broke: a message of the schema first, then ours, then zod's. */
function inWords(issue: z.core.$ZodIssue): string {
  // zod leaves the input out of the issue when there was none.
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return `is required (${issue.expected})`;
  if (!/^(Invalid (input|option):|Too (small|big):)/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string'
        ? `must have at least ${issue.minimum} characters`
        : `must be at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string'
        ? `must have at most ${issue.maximum} characters`
        : `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** Names each refused field in full, and each unknown key. */
export function fieldErrors(error: z.core.$ZodError, part = 'body'): FieldError[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: fieldOf([...issue.path, key], part),
        message: 'is not a known field: remove it, or check its spelling',
      }));
    }
    return [{ field: fieldOf(issue.path, part), message: inWords(issue) }];
  });
}

/**
 * Parses a provider's body.
 * @throws Problem 422 that names the fields
 */
export function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (!result.success) throw invalid(fieldErrors(result.error));
  return result.data;
}

export const bodyRequired = (): Problem => new Problem(400, 'A JSON body is required.');

/** Checks routes by their zod schemas: `422` for wrong fields, `400` for a missing body. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    if (httpPart === 'body' && (data === undefined || data === null)) {
      return { error: bodyRequired() };
    }
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    return { error: invalid(fieldErrors(result.error, httpPart)) };
  };

/** For bodies that must not be parsed before their signature is checked: the schema is documentation, and the route parses. */
export const documentedOnly: FastifySchemaCompiler<unknown> = () => (value) => ({ value });
