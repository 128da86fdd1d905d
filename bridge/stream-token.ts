import { createHash } from 'node:crypto';

/** How a stream token is stored: the token itself stays between the TwiML and the stream's `start`. */
export const hashStreamToken = (token: string): string => createHash('sha256').update(token).digest('hex');
