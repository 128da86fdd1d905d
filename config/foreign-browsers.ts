import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { isLoopbackHost } from './loopback.ts';

/** The parts of a request that are known before any check of identity. */
export interface Asked {
  method?: string | undefined;
  headers: IncomingHttpHeaders;
}

/** Host name of a `Host` header or an origin, without port and brackets; undefined for anything else. */
function nameIn(host: string): string | undefined {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined;
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

/**
 * The reason to refuse a request of a foreign browser page: a page of another site, or a page whose name was made to resolve to this
 * machine (DNS rebinding). Undefined: no sign of either. Following a link or typing the address is no such request; a frame or form of
 * another site is.
 * @param isOurs tells whether a name without its port is a name of this listener
 * @param origins pages of ours that a proxy shows under another name than it forwards
 */
export function foreignBrowser(
  { method, headers }: Asked,
  isOurs: (name: string) => boolean,
  origins: readonly string[] = [],
): string | undefined {
  const { host, origin } = headers;
  const name = host === undefined ? undefined : nameIn(host);
  // Browsers always send this field.
  if (host !== undefined && (name === undefined || !isOurs(name))) return 'This listener is not known by that name.';
  const ownPage = origin === undefined || origins.includes(origin) || hostOf(origin) === host;
  if (!ownPage) {
    return 'This request comes from another site’s page.';
  }
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return undefined;
  const opened =
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return opened ? undefined : 'This request comes from another site’s page.';
}

/** Suffixes that no public registry assigns. */
const PRIVATE_NAME = /\.(internal|local|svc)$/;

/**
 * True for a name that can only be a machine of ours: an address, a name without a dot, one of a private network, or one from the settings.
 * No stranger can make such a name resolve to this machine and serve a web page under it.
 */
export function isPrivateName(name: string, given: readonly string[] = []): boolean {
  const plain = name.toLowerCase().replace(/\.$/, '');
  return (
    isLoopbackHost(plain) ||
    isIP(plain) !== 0 ||
    !plain.includes('.') ||
    PRIVATE_NAME.test(plain) ||
    given.includes(plain)
  );
}

/** The host names in URLs of the settings. */
export const namesOf = (...urls: (string | undefined)[]): string[] =>
  urls.flatMap((url) => (url && URL.canParse(url) ? [new URL(url).hostname.replace(/^\[|\]$/g, '')] : []));
