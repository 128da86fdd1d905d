import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { as, type World, world } from './support.ts';

const NOW = Date.parse('2026-11-23T12:30:00.000Z');
const PHONE = '+541143211234';

let w: World;
beforeEach(async () => {
  w = await world({ deps: { now: () => NOW } });
});
afterEach(() => w.close());

const add = async (payload: object, key = 'alice') => {
  const answer = await w.app.inject({ method: 'POST', url: '/v1/do-not-call', headers: as(key), payload });
  return { status: answer.statusCode, body: answer.json() };
};
const listed = async () =>
  (await w.app.inject({ url: '/v1/do-not-call', headers: as('olga') })).json().data as Record<string, unknown>[];

it('takes a number from any key, once; the same phone in another spelling is known', async () => {
  expect(await add({ phone: '+5491143211234', reason: 'by mail' })).toMatchObject({
    status: 201,
    body: { expires_at: null },
  });
  expect(await add({ phone: PHONE }, 'bob')).toMatchObject({ status: 200, body: { phone: PHONE, expires_at: null } });
  expect(await listed()).toMatchObject([{ booking_id: '', reason: 'by mail', phone_masked: '+54…34' }]);
});

it('keeps the later of two ends, and shows nothing that is over', async () => {
  const end = (days: number) => new Date(NOW + days * 86_400_000).toISOString();
  expect(await add({ phone: PHONE, expires_at: end(7) })).toMatchObject({ status: 201, body: { expires_at: end(7) } });
  expect(await add({ phone: PHONE, expires_at: end(1) })).toMatchObject({ status: 200, body: { expires_at: end(7) } });
  expect(await add({ phone: PHONE, expires_at: end(9) })).toMatchObject({ status: 200, body: { expires_at: end(9) } });
  expect(await add({ phone: PHONE })).toMatchObject({ status: 200, body: { expires_at: null } });
  expect(await listed()).toHaveLength(1);
});

it.each([
  ['a past end', { phone: PHONE, expires_at: '2026-11-23T12:30:00Z' }, 'expires_at'],
  ['an end without an offset', { phone: PHONE, expires_at: '2027-01-01T00:00:00' }, 'expires_at'],
  ['no number', { reason: 'x' }, 'phone'],
  ['a number that is none', { phone: '4321' }, 'phone'],
  ['an unknown field', { phone: PHONE, forever: true }, 'forever'],
])('refuses %s', async (_name, payload, field) => {
  expect(await add(payload)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  expect(await listed()).toEqual([]);
});
