import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * True for a request that a page of another site makes a browser send, or a page whose name was made to resolve to this machine: it could
 * order calls and read the words of others. Providers' clients send no Origin, and call this machine by an address or a name that no
 * stranger controls.
 */
export function fromBrowserElsewhere({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
  const name = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const known = host === '' || isIP(name) !== 0 || !name.includes('.') || /\.(localhost|internal|local)$/.test(name);
  const elsewhere = origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host);
  const site = headers['sec-fetch-site'];
  return (
    !known || elsewhere || site === 'cross-site' || (site === 'same-site' && headers['sec-fetch-mode'] !== 'navigate')
  );
}
