import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { StoredBooking } from '../records/interface.ts';
import type { ApiSettings } from './deps.ts';
import { notFound, Problem } from './problem.ts';

/** Who asks. `owner` is a hash of the key: it names the bookings' owner in the database, the key itself is kept nowhere. */
export interface Principal {
  owner: string;
  seesAll: boolean;
  operator: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal;
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Keys of any length are compared by their hashes, all of them, so that the time tells nothing. */
function isOneOf(hashes: readonly Buffer[], given: Buffer): boolean {
  let found = false;
  for (const hash of hashes) found = timingSafeEqual(hash, given) || found;
  return found;
}

const OPEN: Principal = { owner: 'open', seesAll: true, operator: true };

/**
 * Says who a request's `Authorization` header stands for, or throws `401`. Without any key the API is open (the
 * configuration allows that on loopback only). A key that is in both lists (so it is when no operator keys are given)
 * may do what operators do, but sees only its own bookings: that is what every API key is promised.
 */
export function authenticator(
  settings: Pick<ApiSettings, 'apiKeys' | 'operatorKeys' | 'ownerHash'>,
): (request: FastifyRequest) => Principal {
  const apiKeys = settings.apiKeys.map(digest);
  const operatorKeys = settings.operatorKeys.map(digest);
  if (apiKeys.length === 0 && operatorKeys.length === 0) return () => OPEN;
  return (request) => {
    const [, key] = /^Bearer +([^\s]+) *$/i.exec(request.headers.authorization ?? '') ?? [];
    if (key) {
      const given = digest(key);
      const operator = isOneOf(operatorKeys, given);
      const client = isOneOf(apiKeys, given);
      if (operator || client) return { owner: settings.ownerHash(key), seesAll: !client, operator };
    }
    throw new Problem(401, 'Send Authorization: Bearer and a key that this installation knows.', {
      headers: { 'www-authenticate': 'Bearer realm="vocero"' },
    });
  };
}

export function requireOperator(principal: Principal): void {
  if (!principal.operator) throw new Problem(403, 'Only operator keys may do this.');
}

/** The booking, when this principal may know of it; else the same `404` as for one that does not exist. */
export function visible(booking: StoredBooking | undefined, principal: Principal): StoredBooking {
  if (!booking?.started || !(principal.seesAll || booking.owner === principal.owner)) throw notFound();
  return booking;
}
