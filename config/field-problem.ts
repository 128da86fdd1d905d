import type { z } from 'zod';
import type { ConfigProblem } from './error.ts';
import { SECRET } from './schema.ts';

/** The problem of a variable, with its value unless that is a secret. `rule` begins with "must be …". */
export const fieldProblem = (variable: string, value: string | undefined, rule: string): ConfigProblem => ({
  variable,
  message: SECRET.test(variable) ? `${rule}.` : `is "${value}"; it ${rule}.`,
});

/** The same for all issues that a schema of variables found. */
export const fieldProblems = (error: z.ZodError, set: Readonly<Record<string, string | undefined>>): ConfigProblem[] =>
  error.issues.map(({ path, message }) => fieldProblem(String(path[0]), set[String(path[0])], message));
