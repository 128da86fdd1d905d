import { type LookupAllOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Why a callback was not sent: its host is, or resolves to, an address that is not on the public internet. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';

  constructor(host: string) {
    super(`${host} does not lead to a public address, and callbacks are sent to no other`);
  }
}

/**
 * Public by its number, but answered by the machine's own cloud: Azure's agent serves goal states and certificates there.
 * The other clouds' addresses of this kind are link-local or private.
 */
const CLOUDS_OWN = ['168.63.129.16'];

export type AddressRule = (address: string) => boolean;

/**
 * True for addresses of the public internet alone: not loopback, private, link-local (where clouds keep their secrets),
 * carrier-grade NAT, multicast, reserved, or an IPv6 form of one of these.
 */
export function isPublicAddress(address: string): boolean {
  if (!isIP(address)) return false;
  // Turns ::ffff:10.0.0.1 into 10.0.0.1.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || CLOUDS_OWN.includes(parsed.toString())) return false;
  // Of IPv6 the part that is given out; the rest of "unicast" is not in use, or leads elsewhere.
  return parsed.kind() === 'ipv4' || parsed.match(ipaddr.parse('2000::'), 3);
}

/** For tests and demonstrations, where the providers are on this machine as well. */
export const isPublicOrLoopback: AddressRule = (address) =>
  isPublicAddress(address) || (isIP(address) !== 0 && ipaddr.process(address).range() === 'loopback');

export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: { address: string; family: number }[]) => void,
) => void;

/**
 * A resolver for one request: the addresses that are looked at are those that are connected to, so a name that answers
 * differently the second time gains nothing. Refuses (through its callback, with PrivateAddress) when any is not allowed.
 */
export const lookupOf =
  (isAllowed: AddressRule, resolve: Resolve = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const hidden = addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address));
      if (hidden) return callback(new PrivateAddress(hostname), '', 0);
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };

/** A host written as an address is connected to without being looked up. */
export function refuseHiddenHost(hostname: string, isAllowed: AddressRule): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isAllowed(host)) throw new PrivateAddress(host);
}

/** A URL whose host is written as an address that no callback is sent to; names are looked at when they are looked up. */
export function leadsInside(url: string, allowLoopback: boolean): boolean {
  try {
    refuseHiddenHost(new URL(url).hostname, allowLoopback ? isPublicOrLoopback : isPublicAddress);
    return false;
  } catch {
    return true;
  }
}
