import { z } from 'zod';

/** An Idempotency-Key outside of a header. A header holds nothing else, and keys of parents' bookings have a line feed in them. */
export const idempotencyKey = z
  .string()
  .max(255)
  .regex(
    /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/,
    'must be printable ASCII characters without a space at either end, as in a header: no control characters, no line breaks',
  );

/** In the query of a list: the thing that an Idempotency-Key made. */
export const madeByKey = (thing: string) =>
  idempotencyKey
    .optional()
    .describe(`The ${thing} that this Idempotency-Key of yours made, if there is one; no other filter applies`);
