import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { as, bookingBody, type World, world } from './support.ts';

// A Monday, 09:30 in Buenos Aires.
const NOW = Date.parse('2026-11-23T12:30:00.000Z');

let w: World;
let now: number;

beforeEach(async () => {
  now = NOW;
  const booking = {
    reconcile_seconds: 3,
    settle_seconds: 5,
    calling_window: { from: 600, to: 1_200 },
    available: ['native' as const, 'simulation' as const],
    dial_queues: { twilio: 't', elevenlabs: 'e' } as never,
  };
  w = await world({ settings: { booking }, deps: { now: () => now } });
});
afterEach(() => w.close());

const send = async (url: string, payload: unknown, headers: Record<string, string> = {}) => {
  const answer = await w.app.inject({
    method: 'POST',
    url,
    headers: { ...as('alice'), ...headers },
    payload: payload as object,
  });
  return { status: answer.statusCode, body: answer.json() };
};
const check = (payload: unknown) => send('/v1/bookings/check', payload);
const book = (token: string, payload: unknown, key?: string) =>
  send('/v1/bookings', payload, { 'booking-check': token, ...(key !== undefined && { 'idempotency-key': key }) });

describe('a check of a booking', () => {
  it('says when it would be called first, with which words and on which channels, and books nothing', async () => {
    const { status, body } = await check(bookingBody());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      bookable: true,
      first_dial: {
        at: '2026-11-23T13:00:00.000Z',
        local: [{ date: '2026-11-23', weekday: 'mon', time: '10:00' }],
        waits_for: 'hours',
      },
      calling_hours: 'mon-sun 10:00-20:00',
      channels: ['native', 'simulation'],
      do_not_call: false,
      token_expires_at: '2026-11-23T13:30:00.000Z',
    });
    expect(body.first_message).toMatch(/inteligencia artificial.*de parte de Mauro.*dentista/);
    expect(w.gateway.started).toEqual([]);
    expect((await w.app.inject({ url: '/v1/bookings', headers: as('alice') })).json().data).toEqual([]);
  });

  it.each([
    [
      'a channel that is not there',
      { escalation: { native: { enabled: false }, simulation: { enabled: false } } },
      'escalation',
    ],
    ['an end before the hours', { not_after: '2026-11-23T09:45:00-03:00' }, 'not_after'],
    ['a past end', { not_after: '2026-11-23T09:00:00-03:00' }, 'not_after'],
    [
      'hours that never meet ours',
      { business: { ...bookingBody().business, opening_hours: [{ days: ['mon'], from: '07:00', to: '08:00' }] } },
      'business.opening_hours',
    ],
    ['no business', { business: undefined }, 'business'],
    ['an unknown field', { colour: 'red' }, 'colour'],
  ])('names %s', async (_name, changes, field) => {
    const { status, body } = await check({ ...bookingBody(), ...changes });
    expect(status).toBe(200);
    expect(body).toMatchObject({ bookable: false, token: null, problems: [{ field }] });
  });

  it('suggests the number that was meant', async () => {
    const { body } = await check({ ...bookingBody(), business: { name: 'x', phone: '+54 (11) 4321-1234' } });
    expect(body.problems).toMatchObject([{ field: 'business.phone', suggestions: ['+541143211234'] }]);
  });

  it('needs a body, and a key', async () => {
    expect((await w.app.inject({ method: 'POST', url: '/v1/bookings/check', headers: as('alice') })).statusCode).toBe(
      400,
    );
    expect((await w.app.inject({ method: 'POST', url: '/v1/bookings/check', payload: {} })).statusCode).toBe(401);
  });
});

describe('its token', () => {
  it('binds the booking to the body, spelled in any order, while the check is new', async () => {
    const { business, request } = bookingBody();
    const { token } = (await check({ business, request })).body;
    expect((await book(token, { request, business, metadata: { more: '1' } })).status).toBe(409);
    expect((await book('ck_1_2', { business, request })).status).toBe(409);
    expect((await book(token, { request: { ...request, user_name: 'Ana' }, business })).status).toBe(409);
    now += 3_600_000;
    expect(await book(token, { business, request })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('too old') },
    });
    now -= 1;
    expect((await book(token, { request, business, metadata: {} })).status).toBe(202);
    expect(w.gateway.started).toHaveLength(1);
  });

  it('does not keep a repeated request from its booking, however late', async () => {
    const { token } = (await check(bookingBody())).body;
    const { body } = await book(token, bookingBody(), 'k');
    now += 86_400_000;
    expect(await book(token, bookingBody(), 'k')).toMatchObject({ status: 200, body: { id: body.id } });
    expect((await book(token, { ...bookingBody(), language: 'en' }, 'k')).status).toBe(409);
  });

  it('is over when its words mean another day', async () => {
    now = Date.parse('2026-11-24T02:45:00.000Z');
    const tomorrow = { ...bookingBody(), request: { ...bookingBody().request, preferred_date: 'mañana' } };
    const { token, preferred_day } = (await check(tomorrow)).body;
    expect(preferred_day).toBe('2026-11-24');
    now += 20 * 60_000;
    expect(await book(token, tomorrow)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('another day') },
    });
  });
});
