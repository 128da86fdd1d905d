import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { isLoopbackHost } from './loopback.ts';

/** What can be told of a request before anything of it is believed. */
export interface Asked {
  method?: string | undefined;
  headers: IncomingHttpHeaders;
}

/** The name in a `Host` header or an origin, without port and brackets; undefined when it is no name. */
function nameIn(host: string): string | undefined {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined;
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

/**
 * Why a request is not to be answered: a web page of another site has a browser send it, or a page whose name was made to lead
 * here (DNS rebinding). Undefined when nothing speaks for that. A page that somebody opens by a link or by its address is no such
 * request; a frame or a form of another site is.
 * @param isOurs says of a name without its port whether this listener is rightly called so.
 * @param origins of pages of ours that a proxy shows under another name than it passes on.
 */
export function foreignBrowser(
  { method, headers }: Asked,
  isOurs: (name: string) => boolean,
  origins: readonly string[] = [],
): string | undefined {
  const { host, origin } = headers;
  const name = host === undefined ? undefined : nameIn(host);
  // Without the field it is no browser's.
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

/** Ends of names that no public registry gives away. */
const PRIVATE_NAME = /\.(internal|local|svc)$/;

/**
 * Whether a name can mean a machine of ours only: an address, a name without a dot, one of a private network, or one that the
 * settings give. No web page can be served under it by a stranger who makes it lead here.
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

/** The names in URLs of the settings. */
export const namesOf = (...urls: (string | undefined)[]): string[] =>
  urls.flatMap((url) => (url && URL.canParse(url) ? [new URL(url).hostname.replace(/^\[|\]$/g, '')] : []));
