import { readCheckToken } from '../accepting/check-token.ts';
import { newOrder } from '../accepting/new-order.ts';
import type { BookingRequest } from '../domain/schemas/booking-request.ts';
import type { Context } from './context.ts';
import { Problem } from './problem.ts';

interface Asked {
  request: BookingRequest;
  owner: string;
  /** The Idempotency-Key. */
  key: string | undefined;
}

const REFUSED = {
  expired: 'This check is too old: check the booking again, and send the new token.',
  differs:
    'This is not the booking that was checked with this token, or its words mean another day by now: check the booking again, and send the new token.',
};

/**
 * Lets pass only the booking that was checked with a token, and a repeated request whose booking exists.
 * @throws Problem 409
 */
export async function requireChecked(
  token: string,
  { request, owner, key }: Asked,
  { settings, records, now }: Pick<Context, 'settings' | 'records' | 'now'>,
): Promise<void> {
  if (key !== undefined && (await records.booking(settings.bookingIdOf(owner, key)))) return;
  const made = newOrder(request, settings, 'bk_checked', now());
  // Its refusal names the field.
  if ('refused' in made) return;
  const checked = { request, owner, preferred_day: made.order.request.preferred_day ?? null };
  const read = readCheckToken(settings.signCheck, token, checked, now());
  if (read !== 'good') throw new Problem(409, REFUSED[read]);
}
