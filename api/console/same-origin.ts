import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);

/**
 * Refuses a write that another site's page has a browser send: a cookie, or the reach of this machine, must not be lent. Browsers
 * name the page's origin with every write; a client that sends none has no cookies of anybody.
 * @throws Problem 403
 */
export function refuseForeignPages(request: FastifyRequest, publicUrl: string, withCookie: boolean): void {
  if (READS.has(request.method)) return;
  const { origin, host } = request.headers;
  const named = typeof origin === 'string' ? (hostOf(origin) ?? origin) : undefined;
  const ours = named === undefined ? !withCookie : named === host || named === hostOf(publicUrl);
  if (!ours) throw new Problem(403, 'This request comes from another site’s page.');
}
