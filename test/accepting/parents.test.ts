import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { acceptor } from '../../accepting/accept.ts';
import { Unavailable } from '../../delivery/gateway.ts';
import { tellParent } from '../../delivery/tell-parent.ts';
import type { BookingParent } from '../../domain/parent.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { as, bookingBody, confirmed, finish, type World, world } from '../api/support.ts';
import { openBatch, waitingRow } from '../records/batch-samples.ts';

let here: World;
beforeEach(async () => {
  here = await world({ settings: { openBounds: { key: 1, number: 1 } } });
});
afterEach(() => here.close());

const first: BookingParent = { shortlist: { id: 'sl_one', candidate: 1 } };
const owner = () => here.deps.settings.ownerHash('alice');
const place = (parent: BookingParent, changes: object = {}) =>
  acceptor({ ...here.deps, counted: () => {}, now: Date.now })({
    request: bookingRequestSchema.parse({ ...bookingBody(), ...changes }),
    owner: owner(),
    parent,
  });
const idOf = async (placing: ReturnType<typeof place>) => {
  const placed = await placing;
  if (!('order' in placed)) throw new Error(placed.how);
  return placed.order.id;
};
const batchOf = (id: string, ...keys: string[]) =>
  openBatch(
    here.records,
    id,
    keys.map((key, i) => waitingRow(i + 1, { key })),
  );
/** Ended without an appointment, so that the next candidate may be asked. */
const finished = async (placing: ReturnType<typeof place>) => {
  const id = await idOf(placing);
  await finish(here, id, { outcome: { ...confirmed, result: 'declined', proof: null } });
  return id;
};
const get = async (url: string) => (await here.app.inject({ url, headers: as('alice') })).json();
const listed = async (query: string): Promise<string[]> =>
  (await get(`/v1/bookings?${query}`)).data.map(({ id }: { id: string }) => id);

describe('a booking that a shortlist or a batch places', () => {
  it('is one booking for a candidate and a turn, or for a row, after a lost start too', async () => {
    here.gateway.down = true;
    await expect(place(first)).rejects.toThrow(Unavailable);
    here.gateway.down = false;
    const id = await idOf(place(first));
    expect(await finished(place(first))).toBe(id);
    await batchOf('sl_one', '1');
    const others = [
      await finished(place({ ...first, turn: 2 })),
      await finished(place({ shortlist: { id: 'sl_one', candidate: 2 } })),
      await idOf(place({ shortlist: { id: 'sl_two', candidate: 1 } })),
      await idOf(place({ batch: { id: 'sl_one', key: '1' } })),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
    expect(here.gateway.started).toHaveLength(5);
  });

  it('is not found under an Idempotency-Key that a client can send', async () => {
    const placed = await idOf(place(first));
    for (const key of ['shortlist sl_one 1 1', 'shortlist\tsl_one\t1\t1']) {
      const answer = await here.app.inject({
        method: 'POST',
        url: '/v1/bookings',
        headers: { ...as('bob'), 'idempotency-key': key },
        payload: bookingBody(),
      });
      expect(answer.json().id).not.toBe(placed);
    }
  });

  it('shows its parent and is listed by it', async () => {
    const [one, two] = [await finished(place(first)), await idOf(place({ shortlist: { id: 'sl_one', candidate: 2 } }))];
    await batchOf('ba_one', 'patient-811');
    const row = await idOf(place({ batch: { id: 'ba_one', key: 'patient-811' } }));
    const alone = await idOf(place({ shortlist: { id: 'sl_two', candidate: 1 } }));
    expect(await get(`/v1/bookings/${two}`)).toMatchObject({ shortlist: { id: 'sl_one', candidate: 2 } });
    expect(await get(`/v1/bookings/${row}`)).toMatchObject({ batch: { id: 'ba_one', key: 'patient-811' } });
    expect((await listed('shortlist=sl_one')).sort()).toEqual([one, two].sort());
    expect(await listed('shortlist=sl_one&status=completed')).toEqual([one]);
    expect(await listed('batch=ba_one&q=cl%C3%ADnica')).toEqual([row]);
    expect(await listed(`shortlist=sl_two&q=${alone}`)).toEqual([alone]);
    expect(await listed(`shortlist=sl_one&q=${alone}`)).toEqual([]);
    expect(await listed('batch=sl_one')).toEqual([]);
    const both = await here.app.inject({ url: '/v1/bookings?batch=a&shortlist=b', headers: as('alice') });
    expect(both.json()).toMatchObject({ status: 422, errors: [{ field: 'batch' }] });
  });

  it('gives no parent to a booking that has none, and takes none from a client', async () => {
    const answer = await here.app.inject({
      method: 'POST',
      url: '/v1/bookings',
      headers: as('alice'),
      payload: { ...bookingBody(), shortlist: { id: 'sl_one', candidate: 1 } },
    });
    expect(answer.statusCode).toBe(422);
    const view = await get(`/v1/bookings/${await here.book()}`);
    expect(Object.keys(view)).not.toContain('shortlist');
    expect(Object.keys(view)).not.toContain('batch');
  });

  it('is never refused by the bounds on open bookings, and counts to them', async () => {
    await idOf(place(first));
    await idOf(place({ shortlist: { id: 'sl_two', candidate: 1 } }));
    const answer = await here.app.inject({
      method: 'POST',
      url: '/v1/bookings',
      headers: as('alice'),
      payload: bookingBody(),
    });
    expect(answer.statusCode).toBe(429);
  });
});

describe('a parent is told', () => {
  const review = (id: string) =>
    here.app.inject({
      method: 'POST',
      url: `/v1/bookings/${id}/review`,
      headers: as('olga'),
      payload: { by: 'Olga', result: 'declined' },
    });

  it('of a review, and a booking without a parent tells nobody', async () => {
    const outcome = { ...confirmed, result: 'needs_review' as const, proof: null };
    await batchOf('ba_one', 'k');
    const id = await idOf(place({ batch: { id: 'ba_one', key: 'k' } }));
    await finish(here, id, { outcome });
    expect((await review(id)).statusCode).toBe(200);
    expect(here.gateway.ended).toEqual([['ba_one', id]]);
    const alone = await here.book('bob');
    await finish(here, alone, { outcome });
    expect((await review(alone)).statusCode).toBe(200);
    expect(here.gateway.ended).toHaveLength(1);
  });

  it('or finds out by itself', async () => {
    const warned: object[] = [];
    const log = { warn: (fields: object) => void warned.push(fields) };
    const down = async () => {
      throw new Unavailable('down');
    };
    await tellParent({ id: 'bk_x', shortlist: { id: 'sl_one', candidate: 1 } }, { childEnded: down, log });
    expect(warned).toMatchObject([{ booking_id: 'bk_x', parent_id: 'sl_one' }]);
  });
});
