import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** How long an operator stays signed in, in seconds: a working day. */
export const SESSION_SECONDS = 12 * 3_600;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface SessionCookie {
  /** The hash of the session's id that a request brought; undefined without a cookie of ours. */
  hashOf(request: Pick<FastifyRequest, 'headers'>): string | undefined;
  /** `Set-Cookie` for a new session, and for its end. */
  opening(id: string): string;
  closing(): string;
}

export const hashOfSession = (id: string): string => digestOf(`session\0${id}`);

/**
 * The cookie of the installation at `publicUrl`. Cookies do not tell ports apart, so its name does: two installations on one
 * machine do not sign each other's operators out. Over https only `Secure` ones are sent, for this host alone (`__Host-`).
 */
export function sessionCookie(publicUrl: string): SessionCookie {
  const secure = publicUrl.startsWith('https:');
  const name = `${secure ? '__Host-' : ''}vocero-${digestOf(publicUrl).slice(0, 8)}`;
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    hashOf(request) {
      for (const part of (request.headers.cookie ?? '').split(';')) {
        const [key, value] = part.trim().split('=');
        if (key === name && value && /^[\w-]{43}$/.test(value)) return hashOfSession(value);
      }
      return undefined;
    },
    opening: (id) => `${name}=${id}; ${attributes}; Max-Age=${SESSION_SECONDS}`,
    closing: () => `${name}=; ${attributes}; Max-Age=0`,
  };
}
