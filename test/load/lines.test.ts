import { expect } from '@jest/globals';
import { claimOf, claimsAtOnce } from '../e2e/support/claim.ts';
import { ONCE_BRIDGED, ONCE_NATIVE, ONLY_NATIVE } from '../e2e/support/client.ts';
import { LOAD_FACTOR } from '../support/load.ts';
import { until } from '../support/until.ts';
import { mostAtOnce, runFleet } from './support/fleet.ts';

const TWILIO_CALLS = 4;
/** Bookings of one number ring one after the other: many in a row take their time. */
const LIMIT_MS = 240_000;
const fleet = runFleet(2, { TWILIO_MAX_CONCURRENT_CALLS: String(TWILIO_CALLS) });
const claim = claimsAtOnce(() => fleet.tail(), LIMIT_MS);

claim('bookings that race for one number over two workers ring it one after the other, and all end', async () => {
  const number = '+541143210401';
  // Calls that are soon over, but not so soon that two could pass each other unseen.
  fleet.sandbox.scenario({ number, callee: 'busy', ring_ms: 1_000 });
  const bookings = await Promise.all(
    Array.from({ length: 5 }, (_, i) => fleet.client.book(number, i % 2 === 0 ? ONCE_NATIVE : ONCE_BRIDGED)),
  );
  const ids = bookings.map(({ id }) => id);
  for (const id of ids) expect((await fleet.client.final(id, LIMIT_MS)).outcome?.result).toBe('unreachable');
  const { calls, overlaps } = fleet.sandbox.log(number);
  expect(overlaps).toEqual([]);
  expect(calls).toHaveLength(ids.length);
});

claim('calls at once hold over two workers and both channels, and every place comes back', async () => {
  const of = Array.from({ length: 12 }, (_, i) => `+5411432105${String(i).padStart(2, '0')}`);
  for (const number of of) fleet.sandbox.scenario({ number, callee: 'busy', ring_ms: 4_000 });
  const ids = await Promise.all(
    of.map(async (number, i) => (await fleet.client.book(number, i % 2 === 0 ? ONCE_NATIVE : ONCE_BRIDGED)).id),
  );
  for (const id of ids) expect((await fleet.client.final(id, LIMIT_MS)).outcome?.result).toBe('unreachable');
  // All that were alive beside each other, those of the other claims too.
  expect(mostAtOnce(fleet.sandbox.log().calls)).toBe(TWILIO_CALLS);
  for (const number of of) expect(fleet.sandbox.log(number).calls).toHaveLength(1);
});

claim('a number that asks not to be called between two attempts of a booking is not rung again', async () => {
  const number = '+541143210601';
  fleet.sandbox.scenario({ number, callee: 'busy,do-not-call' });
  // So long that the other booking is through before it, on a busy machine too.
  const redial_delay_seconds = Math.ceil(15 * LOAD_FACTOR);
  const wish = { ...ONLY_NATIVE, native: { max_attempts: 3, redial_delay_seconds } };
  const first = await fleet.client.book(number, wish);
  await fleet.client.until(first.id, ({ attempts }) => attempts[0]?.status === 'busy');
  const { outcome } = await fleet.client.outcomeOf(number, ONLY_NATIVE);
  expect(outcome?.result).toBe('do_not_call');
  expect((await fleet.client.final(first.id, 90_000)).outcome?.result).toBe('do_not_call');
  expect(fleet.sandbox.log(number).calls.map(({ booking_id }) => booking_id === first.id)).toEqual([true, false]);
});

claimOf(() => fleet.tail())('no place is held when nobody is called any more', async () => {
  const held = async () => {
    const { body } = await fleet.client.send('GET', '/metrics');
    return /vocero_provider_calls\{provider="twilio"\} 0$/m.test(String(body.text));
  };
  await until(held, 30_000, 'all places to come back');
});
