import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares two secrets in constant time, so that the time reveals nothing, not even their lengths. */
export const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));

/** True when an `Authorization` header carries this bearer secret. An empty secret matches nothing. */
export function bearerMatches(header: string | undefined, secret: string): boolean {
  const match = /^Bearer +(\S+) *$/i.exec(header ?? '');
  return secret !== '' && match !== null && sameSecret(match[1]!, secret);
}
