import { createHash } from 'node:crypto';

/** Replaces an Idempotency-Key, which may contain anything, after what it made was erased. */
export const keyHashOf = (owner: string, key: string): string =>
  createHash('sha256').update(['key', owner, key].join('\0')).digest('hex');
