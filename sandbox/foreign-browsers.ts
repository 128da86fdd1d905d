import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Whether a web page of another site has a browser send this request, or a page whose name was made to lead here: it could order
 * calls and read what was said in others. Providers' clients name no page and call this machine by an address or a name without a
 * stranger behind it.
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
