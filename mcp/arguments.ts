import type { z } from 'zod';
import { fieldErrors } from '../domain/schemas/field-errors.ts';
import { idempotencyKey } from '../domain/schemas/idempotency-key.ts';
import { invalidArguments } from './failure.ts';

/**
 * The arguments of a tool, checked.
 * @throws ToolFailure 422 that names the fields
 */
export function checked<S extends z.ZodType>(schema: S, args: unknown): z.output<S> {
  const parsed = schema.safeParse(args);
  if (!parsed.success) throw invalidArguments(fieldErrors(parsed.error, 'arguments'));
  return parsed.data;
}

/** Splits arguments into members that the tool reads and the API's body, which the API itself checks. */
export function split<K extends string>(
  args: Record<string, unknown>,
  names: readonly K[],
): { own: Partial<Record<K, unknown>>; body: Record<string, unknown> } {
  const isOwn = ([name]: [string, unknown]): boolean => (names as readonly string[]).includes(name);
  const entries = Object.entries(args);
  return {
    own: Object.fromEntries(entries.filter(isOwn)) as Partial<Record<K, unknown>>,
    body: Object.fromEntries(entries.filter((entry) => !isOwn(entry))),
  };
}

export const KEY = idempotencyKey
  .optional()
  .describe(
    'Names this request, such as a UUID. A repeated call with the same key and arguments finds what the first one made and rings nobody again; always give one. The same names as the header Idempotency-Key of the HTTP API',
  );
