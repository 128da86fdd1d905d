import { maskNumbers } from '../domain/mask-numbers.ts';

export { maskPhone } from '../domain/mask-numbers.ts';

/** Message of a thrown value. Some errors have none, and any value can be thrown. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : error;
  return typeof message === 'string' && message !== '' ? message : 'no message';
}

/** A message that may be logged and shown: phone numbers masked, one line, at most 300 characters. */
export function safeMessage(text: string): string {
  const line = maskNumbers(text).replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
