import { afterEach, expect, it } from '@jest/globals';
import { newBookingId } from '../../accepting/keyed-hashes.ts';
import type { BookingOrder } from '../../domain/order.ts';
import { as, bookingBody, type World, world } from './support.ts';

let w: World;
afterEach(() => w.close());

async function placed(now: string, phone: string, preferred_date?: string): Promise<string> {
  w = await world({ deps: { now: () => Date.parse(now) } });
  const { business, request } = bookingBody();
  return w.book('alice', { business: { ...business, phone }, request: { ...request, preferred_date } });
}

const shown = async (id: string, list = false, key = 'alice') => {
  const url = list ? '/v1/bookings?include=order' : `/v1/bookings/${id}?include=order`;
  const body = (await w.app.inject({ url, headers: as(key) })).json();
  return (list ? body.data[0] : body).order.request;
};

it.each([
  ['20:30 in Buenos Aires', '2026-11-30T23:30:00Z', '+541143211234', 'mañana', '2026-12-01'],
  ['17:30 in San Francisco', '2026-12-01T01:30:00Z', '+14155550123', 'mañana', '2026-12-01'],
  ['noon in Madrid', '2026-11-30T11:00:00Z', '+34912345678', 'cuanto antes', null],
])(
  'a wish ordered at %s is shown with the day that it meant, and goes to the workflow with it',
  async (_, now, phone, wish, day) => {
    const id = await placed(now, phone, wish);
    expect(await shown(id)).toMatchObject({ preferred_date: wish, preferred_day: day });
    expect(await shown(id, true)).toMatchObject({ preferred_day: day });
    expect(w.gateway.started[0]!.order.request).toMatchObject({ preferred_date: wish, preferred_day: day });
  },
);

it('no wish means no day', async () => {
  expect(await shown(await placed('2026-11-30T12:00:00Z', '+541143211234'))).toEqual({
    service_type: 'dentista',
    user_name: 'Mauro',
    preferred_day: null,
  });
});

it('an older booking, which was not read, is shown without a day', async () => {
  const id = await placed('2026-11-30T12:00:00Z', '+541143211234', 'mañana');
  const order = (await w.records.booking(id))!.order;
  const { preferred_day: _, ...request } = order.request;
  const older: BookingOrder = { ...order, id: newBookingId(), request };
  await w.records.acceptBooking({ order: older, owner: 'o', simulated: false });
  await w.records.markStarted(older.id);
  expect(await shown(older.id, false, 'olga')).toMatchObject({ preferred_date: 'mañana', preferred_day: null });
});

it('a client cannot name the day itself', async () => {
  w = await world();
  const { business, request } = bookingBody();
  const payload = { business, request: { ...request, preferred_day: '2026-12-04' } };
  const answer = await w.app.inject({ method: 'POST', url: '/v1/bookings', headers: as('alice'), payload });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors).toEqual([expect.objectContaining({ field: 'request.preferred_day' })]);
});
