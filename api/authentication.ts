import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Erasure } from '../domain/erasure.ts';
import { iso } from '../domain/iso.ts';
import type { AccessRecords } from '../records/ports/access.ts';
import type { BookingRecords, StoredBooking } from '../records/ports/bookings.ts';
import type { ErasureRecords } from '../records/ports/erasures.ts';
import { refuseForeignNames, refuseForeignPages } from './console/same-origin.ts';
import { sessionCookie } from './console/session-cookie.ts';
import type { ApiSettings } from './deps.ts';
import { notFound, Problem } from './problem.ts';

/** The caller. `owner` is a hash of the key and names the owner of bookings in the database; the key itself is not stored. */
export interface Principal {
  owner: string;
  seesAll: boolean;
  operator: boolean;
  /** The name of the operator's key, if it has one. */
  name?: string | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal;
  }
}

type KeySettings = Pick<ApiSettings, 'apiKeys' | 'operatorKeys' | 'operatorNames' | 'ownerHash'>;
type ConsoleSettings = KeySettings & Pick<ApiSettings, 'publicUrl'>;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares the hashes of keys, all of them, so that the time tells nothing about keys of any length. */
function isOneOf(hashes: readonly Buffer[], given: Buffer): boolean {
  let found = false;
  for (const hash of hashes) found = timingSafeEqual(hash, given) || found;
  return found;
}

const OPEN: Principal = { owner: 'open', seesAll: true, operator: true };

export const isOpen = ({ apiKeys, operatorKeys }: KeySettings): boolean =>
  apiKeys.length === 0 && operatorKeys.length === 0;

/**
 * Looks up the principal of a key. A key in both lists (every API key, when no operator keys are given) may do what operators do but sees
 * only its own bookings: every API key is promised that.
 */
export function keyHolders(settings: KeySettings): (key: string) => Principal | undefined {
  const apiKeys = settings.apiKeys.map(digest);
  const operatorKeys = settings.operatorKeys.map(digest);
  return (key) => {
    const given = digest(key);
    const operator = isOneOf(operatorKeys, given);
    const client = isOneOf(apiKeys, given);
    if (!operator && !client) return undefined;
    const name = settings.operatorNames?.get(key);
    return { owner: settings.ownerHash(key), seesAll: !client, operator, ...(name !== undefined && { name }) };
  };
}

/** The principal of an owner whose key this installation still knows. */
export function ownerHolders(settings: KeySettings): (owner: string) => Principal | undefined {
  if (isOpen(settings)) return (owner) => (owner === OPEN.owner ? OPEN : undefined);
  const holder = keyHolders(settings);
  const keys = [...settings.apiKeys, ...settings.operatorKeys];
  const holders = new Map(keys.map((key) => [settings.ownerHash(key), holder(key)]));
  return (owner) => holders.get(owner);
}

/** The operator of the request's session cookie. A session ends when its key is no longer an operator's. */
export function sessionHolders(settings: ConsoleSettings, records: Pick<AccessRecords, 'sessionOwner'>) {
  const holder = keyHolders(settings);
  const operators = new Map(settings.operatorKeys.map((key) => [settings.ownerHash(key), holder(key)]));
  const cookie = sessionCookie(settings.publicUrl);
  return async (request: Pick<FastifyRequest, 'headers'>, now: number): Promise<Principal | undefined> => {
    const hash = cookie.hashOf(request);
    const owner = hash && (await records.sessionOwner(hash, iso(now)));
    return owner ? operators.get(owner) : undefined;
  };
}

/**
 * The principal of a request that brings the console's cookie and no `Authorization` header; undefined without a cookie.
 * @throws Problem 403 for a write that comes from another site's page.
 */
export function consoleAuthenticator(
  settings: ConsoleSettings,
  records: Pick<AccessRecords, 'sessionOwner'>,
  now: () => number,
): (request: FastifyRequest) => Promise<Principal | undefined> {
  const holder = sessionHolders(settings, records);
  return async (request) => {
    if (request.headers.authorization !== undefined) return undefined;
    const principal = await holder(request, now());
    if (principal) refuseForeignPages(request, settings.publicUrl, true);
    return principal;
  };
}

/**
 * The principal of a request's `Authorization` header. Without any configured key the API is open (the configuration allows that on
 * loopback only), but not under another host name, and not to requests from other sites' pages, except those of `friends`.
 * @throws Problem 401
 */
export function authenticator(
  settings: ConsoleSettings,
  friends: readonly string[] = [],
): (request: FastifyRequest) => Principal {
  const holder = keyHolders(settings);
  if (isOpen(settings)) {
    return (request) => {
      refuseForeignNames(request);
      refuseForeignPages(request, settings.publicUrl, false, friends);
      return OPEN;
    };
  }
  return (request) => {
    const [, key] = /^Bearer +([^\s]+) *$/i.exec(request.headers.authorization ?? '') ?? [];
    const principal = key ? holder(key) : undefined;
    if (principal) return principal;
    throw new Problem(401, 'Send Authorization: Bearer and a key that this installation knows.', {
      headers: { 'www-authenticate': 'Bearer realm="vocero"' },
    });
  };
}

export function requireOperator(principal: Principal): void {
  if (!principal.operator) throw new Problem(403, 'Only operator keys may do this.');
}

const maySee = ({ owner }: { owner: string }, principal: Principal): boolean =>
  principal.seesAll || owner === principal.owner;

/** The booking, when this principal may see it; else the same `404` as for an unknown booking. */
export function visible(booking: StoredBooking | undefined, principal: Principal): StoredBooking {
  if (!booking?.started || !maySee(booking, principal)) throw notFound();
  return booking;
}

/** The erasure of a booking, if this principal could have seen the booking. */
export async function visibleErasure(
  records: Pick<ErasureRecords, 'erasure'>,
  bookingId: string,
  principal: Principal,
): Promise<Erasure | undefined> {
  const erasure = await records.erasure(bookingId);
  return erasure && maySee(erasure, principal) ? erasure : undefined;
}

/** As `visible`, but `410` for an erased booking. */
export async function findBooking(
  records: Pick<BookingRecords, 'booking'> & Pick<ErasureRecords, 'erasure'>,
  bookingId: string,
  principal: Principal,
): Promise<StoredBooking> {
  const stored = await records.booking(bookingId);
  const erasure = stored ? undefined : await visibleErasure(records, bookingId, principal);
  if (!erasure) return visible(stored, principal);
  const { erased_at, requested_at } = erasure;
  throw new Problem(
    410,
    erased_at ? `This booking was erased at ${erased_at}.` : `This booking is being erased, since ${requested_at}.`,
  );
}
