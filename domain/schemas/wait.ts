import { z } from 'zod';

/** Longest wait of a read: clients and proxies often give up after a minute. */
export const MAX_WAIT_SECONDS = 50;

const seconds = (number: z.ZodNumber | z.ZodCoercedNumber) => number.int().min(0).max(MAX_WAIT_SECONDS).default(0);

/** Query of a read that may wait. */
export const waitQuery = {
  wait_seconds: seconds(z.coerce.number()).describe(
    'Answers once the thing is final, or has nothing to do before this wait ends; at the latest after these seconds',
  ),
};

/** The same in a JSON body. */
export const waitSeconds = seconds(z.number());
