import { createHash } from 'node:crypto';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Trace id of a booking: the first 16 bytes of its id's SHA-256, in hexadecimal. So every process knows it without asking another. */
export const traceIdOf = (bookingId: string): string => digest(bookingId).slice(0, 32);

/** Id of a span of a booking. The same facts have the same id, so that a repeat is the same span. `key`: which one of that name. */
export const spanIdOf = (bookingId: string, name: string, key = ''): string =>
  digest([bookingId, name, key].join('\n')).slice(0, 16);
