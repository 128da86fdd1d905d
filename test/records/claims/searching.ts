import { describe, expect, it } from '@jest/globals';
import type { BookingSearch } from '../../../records/ports/bookings.ts';
import { type Databases, records } from '../databases.ts';
import { newId, orderOf, STRANGE_TEXT, snapshotOf } from '../samples.ts';

export const searching = (databases: Databases) =>
  describe('searching bookings', () => {
    const open = records(databases);

    const booked = async (name: string, phone_hash?: string) => {
      const order = orderOf(newId());
      order.business.name = name;
      await open().acceptBooking({ order, owner: 'searcher', phone_hash });
      await open().markStarted(order.id);
      return order;
    };
    const found = async (search: BookingSearch) =>
      (await open().listBookings({ owner: 'searcher', search, limit: 50 })).map((view) => view.id).sort();

    it('finds a part of the business’s name, whatever its case and accents', async () => {
      const clinic = await booked('Clínica Ñandú');
      await booked('Peluquería Sol');
      for (const name of ['clinica', 'ÑANDU', 'nica n', '  Ñandú ']) expect(await found({ name })).toEqual([clinic.id]);
      expect(await found({ name: 'clinica sol' })).toEqual([]);
    });

    it('takes %, _ and \\ for what they are', async () => {
      const odd = await booked('100% c_t \\ fade');
      await booked('100 cut fade');
      for (const name of ['100%', 'c_t', '\\', '% c_t \\']) expect(await found({ name })).toEqual([odd.id]);
    });

    it('keeps and finds names of strange characters', async () => {
      const strange = await booked(STRANGE_TEXT);
      expect(await found({ name: 'peluqueria 💇' })).toEqual([strange.id]);
    });

    it('finds an id by its beginning, and a number only by its whole hash', async () => {
      const order = await booked('Barbería', 'hash-of-a-number');
      expect(await found({ id_prefix: order.id })).toEqual([order.id]);
      expect(await found({ id_prefix: order.id.slice(0, -1) })).toContain(order.id);
      expect(await found({ id_prefix: 'bk%' })).toEqual([]);
      expect(await found({ phone_hashes: ['hash-of-a-number'] })).toEqual([order.id]);
      expect(await found({ phone_hashes: ['hash-of-a-numbe'] })).toEqual([]);
      expect(await found({ phone_hashes: ['hash%'] })).toEqual([]);
      expect(await found({ phone_hashes: ['another', 'hash-of-a-number'] })).toEqual([order.id]);
    });

    it('filters by channel and by result, as of the last snapshot', async () => {
      const order = await booked('Filtrada');
      const ids = async (query: object) =>
        (await open().listBookings({ owner: 'searcher', search: { name: 'filtrada' }, limit: 9, ...query })).map(
          (view) => view.id,
        );
      expect(await ids({ channel: 'native' })).toEqual([]);
      await open().saveSnapshot(snapshotOf(order, 1));
      expect(await ids({ channel: 'native' })).toEqual([order.id]);
      expect(await ids({ channel: 'bridge' })).toEqual([]);
      const outcome = {
        result: 'declined' as const,
        channel: 'bridge' as const,
        simulated: false,
        confirmed_date: null,
        confirmed_time: null,
        notes: null,
        evidence: [],
        proof: null,
        offers: [],
        callback_at: null,
      };
      await open().saveSnapshot(snapshotOf(order, 2, [], { status: 'completed', channel: 'bridge', outcome }));
      expect(await ids({ channel: 'bridge', result: 'declined' })).toEqual([order.id]);
      expect(await ids({ result: 'confirmed' })).toEqual([]);
    });

    it('gives what was asked for, by id', async () => {
      const order = await booked('Con pedido');
      const orders = await open().ordersOf([order.id, 'bk_unknown00']);
      expect([...orders.keys()]).toEqual([order.id]);
      expect(orders.get(order.id)).toEqual(order);
      expect((await open().ordersOf([])).size).toBe(0);
    });
  });
