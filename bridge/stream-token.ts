import { createHash } from 'node:crypto';

/** Stored form of a stream token. The token itself exists only in the TwiML and in the stream's `start`. */
export const hashStreamToken = (token: string): string => createHash('sha256').update(token).digest('hex');
