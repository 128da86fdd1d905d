import { it } from '@jest/globals';

/** A booking that goes wrong may take this long until it is seen to. */
const LIMIT_MS = 90_000;

type Claim = (name: string, proof: () => Promise<void>) => void;

/** Shows the end of the product's log when a proof fails: what went wrong is seldom seen from outside. */
const telling =
  (tail: () => string, name: string, proof: () => Promise<void>): (() => Promise<void>) =>
  () =>
    proof().catch((error: unknown) => {
      console.error(`The end of the product’s log, as “${name}” failed:\n${tail()}`);
      throw error;
    });

/** `it`, one after the other. */
export const claimOf =
  (tail: () => string, limitMs = LIMIT_MS): Claim =>
  (name, proof) =>
    it(name, telling(tail, name, proof), limitMs);

/** `it`, beside each other: for bookings that do not disturb one another. Only below a `beforeAll` of the file itself. */
export const claimsAtOnce =
  (tail: () => string, limitMs = LIMIT_MS): Claim =>
  (name, proof) =>
    it.concurrent(name, telling(tail, name, proof), limitMs);
