import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** Length of an operator's session, in seconds: a working day. */
export const SESSION_SECONDS = 12 * 3_600;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface SessionCookie {
  /** Hash of the session id in a request's cookie; undefined without our cookie. */
  hashOf(request: Pick<FastifyRequest, 'headers'>): string | undefined;
  /** `Set-Cookie` for a new session, and for its end. */
  opening(id: string): string;
  closing(): string;
}

export const hashOfSession = (id: string): string => digestOf(`session\0${id}`);

/**
 * The cookie of the installation at `publicUrl`. Cookies do not distinguish ports, so the cookie's name does: two installations on one
 * machine do not sign out each other's operators. Over https the cookie is `Secure` and bound to this host (`__Host-`).
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
