import { createHmac, randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const CHARACTERS = 24;

const idOf = (bytes: Uint8Array): string =>
  `bk_${Array.from(bytes.subarray(0, CHARACTERS), (byte) => ALPHABET[byte & 31]).join('')}`;

/** `bk_` and 120 random bits, five bits to a character. */
export const newBookingId = (): string => idOf(randomBytes(CHARACTERS));

/** Gives the same id for the same owner and Idempotency-Key. Nobody can compute the id without the hash key. */
export const bookingIdMaker =
  (key: Buffer) =>
  (owner: string, idempotencyKey: string): string =>
    idOf(createHmac('sha256', key).update(`booking\0${owner}\0${idempotencyKey}`).digest());

/** Identifies the owner of bookings, in place of the API key. */
export const ownerHasher =
  (key: Buffer) =>
  (apiKey: string): string =>
    createHmac('sha256', key).update(`owner\0${apiKey}`).digest('hex');
