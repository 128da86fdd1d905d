import { createHmac } from 'node:crypto';

/**
 * Stands for a phone number where the number itself must not be: ids, locks, the do-not-call list. Keyed, because a bare
 * hash of a number is undone by trying all numbers.
 */
export const phoneHasher =
  (key: Buffer) =>
  (phone: string): string =>
    createHmac('sha256', key).update(phone).digest('hex').slice(0, 32);
