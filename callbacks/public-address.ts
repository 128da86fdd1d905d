import { type LookupAllOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The callback was not sent: its host is, or resolves to, an address that is not on the public internet. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';

  constructor(host: string) {
    super(`${host} does not lead to a public address, and callbacks are sent to no other`);
  }
}

/**
 * A public number, but the machine's own cloud answers there: Azure's agent serves goal states and certificates. The corresponding
 * addresses of the other clouds are link-local or private.
 */
const CLOUDS_OWN = ['168.63.129.16'];

export type AddressRule = (address: string) => boolean;

/**
 * True only for addresses of the public internet: false for loopback, private, link-local (where clouds keep their secrets), carrier-grade
 * NAT, multicast, reserved, and IPv6 forms of these.
 */
export function isPublicAddress(address: string): boolean {
  if (!isIP(address)) return false;
  // Turns ::ffff:10.0.0.1 into 10.0.0.1.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || CLOUDS_OWN.includes(parsed.toString())) return false;
  // Only the assigned part of IPv6: the rest of "unicast" is unused or leads to private networks.
  return parsed.kind() === 'ipv4' || parsed.match(ipaddr.parse('2000::'), 3);
}

/** For tests and demonstrations, where the providers run on this machine as well. */
export const isPublicOrLoopback: AddressRule = (address) =>
  isPublicAddress(address) || (isIP(address) !== 0 && ipaddr.process(address).range() === 'loopback');

export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: { address: string; family: number }[]) => void,
) => void;

/**
 * Returns a resolver for one request. It connects to the same addresses that it checked, so a name that resolves differently the second
 * time gains nothing. Refuses with PrivateAddress, through its callback, when one of the addresses is not allowed.
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

/** A host written as an address is connected to without a lookup, so it is checked here. */
export function refuseHiddenHost(hostname: string, isAllowed: AddressRule): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isAllowed(host)) throw new PrivateAddress(host);
}

/** True for a URL whose host is written as an address that callbacks must not reach. Names are checked when they are resolved. */
export function pointsToPrivateAddress(url: string, allowLoopback: boolean): boolean {
  try {
    refuseHiddenHost(new URL(url).hostname, allowLoopback ? isPublicOrLoopback : isPublicAddress);
    return false;
  } catch {
    return true;
  }
}
