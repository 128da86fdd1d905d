import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BookingRequest } from '../domain/schemas/booking-request.ts';
import { contentHash } from '../records/content-hash.ts';

/** Time to ask the person on whose behalf the booking is. */
const LIFETIME_MS = 60 * 60_000;
const FORM = /^ck_([0-9a-z]{1,11})_([0-9a-f]{64})$/;

/** A checked body, its owner, and the day that its words meant. */
export interface Checked {
  owner: string;
  request: BookingRequest;
  preferred_day: string | null;
}

/** Signs and reads tokens of checks: every process with the hash key does both. `Sign`: keyed hash of a text. */
export type Sign = (text: string) => string;

export const checkSigner =
  (key: Buffer): Sign =>
  (text) =>
    createHmac('sha256', key).update(`check\0${text}`).digest('hex');

const signed = (sign: Sign, { owner, request, preferred_day }: Checked, until: string): string =>
  sign([owner, until, contentHash({ request, preferred_day })].join('\0'));

/** A token for exactly this body and owner. `now` in ms since 1970. */
export function checkToken(sign: Sign, checked: Checked, now: number): { token: string; expires: number } {
  const expires = now + LIFETIME_MS;
  const until = expires.toString(36);
  return { token: `ck_${until}_${signed(sign, checked, until)}`, expires };
}

/** `differs`: not a token of this body, owner and day, or no token at all. */
export function readCheckToken(
  sign: Sign,
  token: string,
  checked: Checked,
  now: number,
): 'good' | 'expired' | 'differs' {
  const [, until = '', given = ''] = FORM.exec(token) ?? [];
  const right = Buffer.from(signed(sign, checked, until));
  const same = given.length === right.length && timingSafeEqual(Buffer.from(given), right);
  if (!same) return 'differs';
  return Number.parseInt(until, 36) > now ? 'good' : 'expired';
}
