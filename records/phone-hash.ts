import { createHmac } from 'node:crypto';
import { numbersOfLine, sameLine } from '../domain/same-line.ts';

const hashOf = (key: Buffer, phone: string): string =>
  createHmac('sha256', key).update(phone).digest('hex').slice(0, 32);

/**
 * Hash that replaces a phone number in ids, locks and the do-not-call list. Keyed, because a bare hash can be reversed by trying all
 * numbers. Numbers that ring the same phone have the same hash.
 */
export const phoneHasher =
  (key: Buffer) =>
  (phone: string): string =>
    hashOf(key, sameLine(phone));

/**
 * All hashes under which a number may be stored, the current one first: an earlier version hashed each number as it was written, so the
 * same phone could have two.
 */
export const phoneHashesFinder =
  (key: Buffer) =>
  (phone: string): string[] =>
    numbersOfLine(phone).map((number) => hashOf(key, number));
