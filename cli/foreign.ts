import { inspect } from 'node:util';
import { coded, LEFT_BY_JSON, plainLine } from '../config/log-lines.ts';

/**
 * What came from elsewhere, for a terminal: none of its texts, however deep inside, has anything in it that a terminal would
 * obey. Whoever shows a field that nobody thought of shows a harmless one.
 */
export function plain<T>(value: T): T {
  if (typeof value === 'string') return plainLine(value) as T;
  if (Array.isArray(value)) return value.map(plain) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [plainLine(name), plain(each)])) as T;
}

/** A table's words for something that came from elsewhere; for what the table does not have, the thing itself. */
export const wordFor = (words: Readonly<Record<string, string>>, of: string): string =>
  Object.hasOwn(words, of) ? words[of]! : of;

/** Text of several lines, each of them plain. */
export const plainLines = (text: string): string => text.split('\n').map(plainLine).join('\n');

/** An error that nobody expected, with the place where it happened. */
export const plainError = (error: unknown): string => plainLines(inspect(error));

/** A JSON document that may be shown on a terminal too: another spelling of the same value. */
export const jsonOf = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(LEFT_BY_JSON, (character) => `\\${coded(character)}`);
