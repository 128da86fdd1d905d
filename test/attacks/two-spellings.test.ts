import { expect, it } from '@jest/globals';
import { numbersOfLine } from '../../domain/same-line.ts';
import { phoneHasher, phoneHashesFinder } from '../../records/phone-hash.ts';
import { bookingBody } from '../api/support.ts';
import { isForbidden } from '../support/forbidden.ts';
import { ALICE, attackedApi, BOB, OLGA } from './support.ts';

const KEY = Buffer.alloc(32, 7);
const settings = { phoneHash: phoneHasher(KEY), phoneHashes: phoneHashesFinder(KEY) };
const api = attackedApi(() => ({ settings }));
const [LANDLINE, MOBILE] = ['+541143211234', '+5491143211234'];

const book = async (key: string, phone: string): Promise<string> => {
  const { business, ...others } = bookingBody();
  const { status, json } = await api.as(key, 'POST', '/v1/bookings', { ...others, business: { ...business, phone } });
  expect(status).toBe(202);
  return json.id as string;
};
const found = async (q: string): Promise<string[]> => {
  const { json } = await api.as(OLGA, 'GET', `/v1/bookings?q=${encodeURIComponent(q)}`);
  return (json.data as { id: string }[]).map(({ id }) => id).sort();
};

it('two ways to write the number of one phone have one line, and are found by either', async () => {
  const ids = [await book(ALICE, LANDLINE), await book(BOB, MOBILE)].sort();
  const lines = api.world.gateway.started.map((input) => input.settings.line_id);
  expect(lines).toHaveLength(2);
  expect(new Set(lines).size).toBe(1);
  for (const q of [LANDLINE, MOBILE, '+54 11 4321-1234', '0054 9 11 4321 1234', '+54 11 15 4321 1234'])
    expect([q, await found(q)]).toEqual([q, ids]);
});

it('a number that asked not to be called is forbidden in both, also where an earlier version wrote it down', async () => {
  const earlier = phoneHashesFinder(KEY)(MOBILE).at(-1)!;
  expect(earlier).not.toBe(phoneHasher(KEY)(MOBILE));
  const entry = { phone_masked: '+54…34', booking_id: 'bk_earlier', at: '2026-11-24T10:00:00.000Z' };
  await api.world.records.forbidNumber({ phone_hash: earlier, ...entry });
  for (const number of numbersOfLine(MOBILE))
    expect(await isForbidden(api.world.records, settings.phoneHashes(number))).toBe(true);
  const lift = await api.as(OLGA, 'DELETE', `/v1/do-not-call/${encodeURIComponent(LANDLINE)}`);
  expect(lift.status).toBe(204);
  expect(await isForbidden(api.world.records, settings.phoneHashes(MOBILE))).toBe(false);
});
