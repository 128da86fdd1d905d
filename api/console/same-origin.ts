import type { FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../../config/loopback.ts';
import { Problem } from '../problem.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);

/**
 * Refuses a write that another site's page has a browser send: a cookie, or the reach of this machine, must not be lent. Browsers
 * name the page's origin with every write; a client that sends none has no cookies of anybody. `friends`: origins that may.
 * @throws Problem 403
 */
export function refuseForeignPages(
  request: FastifyRequest,
  publicUrl: string,
  withCookie: boolean,
  friends: readonly string[] = [],
): void {
  if (READS.has(request.method)) return;
  const { origin, host } = request.headers;
  if (typeof origin === 'string' && friends.includes(origin)) return;
  const named = typeof origin === 'string' ? (hostOf(origin) ?? origin) : undefined;
  const ours = named === undefined ? !withCookie : named === host || named === hostOf(publicUrl);
  if (!ours) throw new Problem(403, 'This request comes from another site’s page.');
}

/**
 * Refuses, where no key guards the API, whoever calls this machine by another name: a page whose name was made to lead here
 * (DNS rebinding), or a tunnel that was meant for the providers' webhooks.
 * @throws Problem 403
 */
export function refuseForeignNames(request: FastifyRequest): void {
  if (isLoopbackHost(request.hostname)) return;
  throw new Problem(403, 'Without API_KEYS this API answers to the names of this machine only, such as 127.0.0.1.');
}
