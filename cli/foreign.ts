import { inspect } from 'node:util';
import { coded, LEFT_BY_JSON, plainLine } from '../config/log-lines.ts';

/**
 * A value from outside, made safe for a terminal: no text in it, at any depth, contains anything that a terminal would obey.
 * So even a field that nobody thought of is harmless.
 */
export function plain<T>(value: T): T {
  if (typeof value === 'string') return plainLine(value) as T;
  if (Array.isArray(value)) return value.map(plain) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [plainLine(name), plain(each)])) as T;
}

/** The table's words for a value from outside; a value that the table lacks, as it is. */
export const wordFor = (words: Readonly<Record<string, string>>, of: string): string =>
  Object.hasOwn(words, of) ? words[of]! : of;

/** A text of several lines, each made plain. */
export const plainLines = (text: string): string => text.split('\n').map(plainLine).join('\n');

/** An unexpected error with its stack. */
export const plainError = (error: unknown): string => plainLines(inspect(error));

/** A JSON document that is safe on a terminal: an escaped spelling of the same value. */
export const jsonOf = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(LEFT_BY_JSON, (character) => `\\${coded(character)}`);
