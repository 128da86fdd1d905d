import type { FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../../config/loopback.ts';
import { Problem } from '../problem.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined);

/**
 * Refuses a write that a page of another site makes a browser send with the user's cookie or from this machine. Browsers send the page's
 * origin with every write; a client that sends none has no cookies. `friends`: origins that are allowed.
 * @throws Problem 403
 */
export function refuseForeignPages(
  request: Pick<FastifyRequest, 'method' | 'headers'>,
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

/** Every host name of a request: the one it calls, and those for which it claims to be forwarded. */
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
 * Refuses requests under other host names when no key guards the API: they come from a page whose name was made to resolve to this machine
 * (DNS rebinding), or through a tunnel that was meant for the providers' webhooks.
 * @throws Problem 403
 */
export function refuseForeignNames(request: FastifyRequest): void {
  // A page can send any header to the name that resolves to this machine, and a trusted proxy runs on this machine as browsers do: so every
  // name must be a loopback name.
  if (namesIn(request).every((host) => isLoopbackHost(nameOf(host)))) return;
  throw new Problem(403, 'Without API_KEYS this API answers to the names of this machine only, such as 127.0.0.1.');
}
