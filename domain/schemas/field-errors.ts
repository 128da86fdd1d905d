import type { z } from 'zod';

/** A refused field, by its path. `message` continues the field's name. */
export interface FieldFault {
  field: string;
  message: string;
}

export const UNKNOWN_FIELD = 'is not a known field: remove it, or check its spelling';

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
export function inWords(issue: z.core.$ZodIssue): string {
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
export function fieldErrors(error: z.core.$ZodError, part = 'body'): FieldFault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: fieldOf([...issue.path, key], part),
        message: UNKNOWN_FIELD,
      }));
    }
    return [{ field: fieldOf(issue.path, part), message: inWords(issue) }];
  });
}
