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

/** Every name by which a request says that it calls this server: its own, and those that it says it was forwarded for. */
function namesIn({ headers }: FastifyRequest): string[] {
  const forwarded = [headers['x-forwarded-host'], headers['x-forwarded-server']].flat().join(',').split(',');
  const standard = [headers.forwarded]
    .flat()
    .join(',')
    .matchAll(/host\s*=\s*"?([^",;\s]+)/gi);
  const named = [...forwarded, ...[...standard].map(([, name]) => name!)].map((name) => name.trim());
  return [headers.host ?? '', ...named.filter((name) => name !== '')];
}

const nameOf = (host: string): string => (URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host);

/**
 * Refuses, where no key guards the API, whoever calls this machine by another name: a page whose name was made to lead here
 * (DNS rebinding), or a tunnel that was meant for the providers' webhooks.
 * @throws Problem 403
 */
export function refuseForeignNames(request: FastifyRequest): void {
  // A page may send any header to the name that leads here, and a proxy that is trusted runs on this machine as browsers do: none
  // of the names stands for another.
  if (namesIn(request).every((host) => isLoopbackHost(nameOf(host)))) return;
  throw new Problem(403, 'Without API_KEYS this API answers to the names of this machine only, such as 127.0.0.1.');
}
