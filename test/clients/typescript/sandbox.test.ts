import { describe, expect, it } from '@jest/globals';
import { type api, Vocero, VoceroProblem } from '../../../clients/typescript/src/index.ts';
import { claimOf } from '../../e2e/support/claim.ts';
import { killWhole } from '../../e2e/support/process.ts';
import { runSystem } from '../../e2e/support/system.ts';
import { until } from '../../support/until.ts';
import { forgetfulWay } from '../support/forgetful.ts';

const system = runSystem({ env: { API_KEYS: 'a-key', OPERATOR_KEYS: 'an-operator' } });
const claim = claimOf(system.tail);
const client = (url = system.url, key = 'a-key'): Vocero => new Vocero({ url, key });

const body = (phone: string): api.BookingRequest => ({
  business: { name: 'Clínica Dental Sur', phone },
  request: { service_type: 'dentista', preferred_date: 'mañana', user_name: 'Mauro' },
  escalation: { bridge: { enabled: false } },
});

claim('is accepted, and its answers are lost: the same key, one booking, one call', async () => {
  const phone = '+541143210721';
  const way = await forgetfulWay(system.url, 2);
  try {
    const { id } = await client(way.url).bookings.create(body(phone));
    expect(way.answered.map(({ status }) => status)).toEqual([202, 200, 200]);
    const [key, ...others] = new Set(way.answered.map((one) => one.key));
    expect([typeof key, others]).toEqual(['string', []]);
    expect(await client().bookings.list({ idempotency_key: key! }).all()).toMatchObject([{ id }]);
    expect((await client().bookings.wait(id, { timeout: 120_000 })).outcome.result).toBe('confirmed');
    expect(system.sandbox.log(phone).calls).toHaveLength(1);
  } finally {
    await way.close();
  }
});

claim('is waited for and followed while the product is killed and started again', async () => {
  const phone = '+541143210722';
  system.sandbox.scenario({ number: phone, hold: 'ringing' });
  const vocero = client();
  const { id } = await vocero.bookings.create(body(phone));
  const seen: string[] = [];
  const states: string[] = [];
  const following = (async () => {
    const onConnection = (state: string): void => void states.push(state);
    for await (const event of vocero.bookings.events(id, { onConnection })) seen.push(event.id);
  })();
  const waiting = vocero.bookings.wait(id, { timeout: 300_000 });
  await until(() => system.sandbox.heldAt(phone) && seen.length > 0);
  await killWhole(system.product);
  await until(() => states.includes('lost'));
  await system.start();
  system.sandbox.release(phone);
  expect((await waiting).outcome.result).toBe('confirmed');
  await following;
  expect(states.slice(0, 3)).toEqual(['open', 'lost', 'back']);
  const all: string[] = [];
  for await (const event of vocero.bookings.events(id)) all.push(event.id);
  expect(seen).toEqual(all);
  expect(system.sandbox.log(phone).calls).toHaveLength(1);
});

describe('before it is placed', () => {
  claim('it is checked: only what was checked is booked', async () => {
    const { bookings } = client();
    const given = { ...body('+541143210723'), not_before: new Date(Date.now() + 86_400_000).toISOString() };
    const { bookable, token, problems } = await bookings.check(given);
    expect({ bookable, problems }).toEqual({ bookable: true, problems: [] });
    const other = { ...given, request: { ...given.request, user_name: 'Ana' } };
    await expect(bookings.create(other, { check: token! })).rejects.toMatchObject({ status: 409 });
    const { id } = await bookings.create(given, { check: token! });
    expect((await bookings.cancel(id)).cancel_requested).toBe(true);
    const wrong = await bookings.check(body('not a number'));
    expect(wrong).toMatchObject({ bookable: false, token: null, problems: [{ field: 'business.phone' }] });
  });

  claim('its number is forbidden by any key, and allowed again by an operator', async () => {
    const phone = '+541143210724';
    const { bookings, doNotCall } = client();
    const entry = await doNotCall.add({ phone, reason: 'asked for it' });
    expect(await doNotCall.add({ phone, reason: 'asked for it' })).toEqual(entry);
    expect(await bookings.check(body(phone))).toMatchObject({ bookable: false, do_not_call: true });
    const refused = await doNotCall.add({ phone: '4321 0724' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(VoceroProblem);
    expect(refused).toMatchObject({ status: 422, errors: [{ field: 'phone' }] });
    await expect(doNotCall.allow(phone)).rejects.toMatchObject({ name: 'VoceroProblem', status: 403 });
    await client(system.url, 'an-operator').doNotCall.allow(phone);
    expect(await bookings.check(body(phone))).toMatchObject({ bookable: true, do_not_call: false });
  });
});

it('has rights that its key tells', async () => {
  expect(await client().key()).toMatchObject({ operator: false });
  expect(await client(system.url, 'an-operator').key()).toMatchObject({ operator: true });
});
