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
      for (const name of ['clinica', 'ÑANDU', 'nica n', '  Ñandú '])
        expect(await found({ text: name })).toEqual([clinic.id]);
      expect(await found({ text: 'clinica sol' })).toEqual([]);
    });

    it('finds words of the service, the person and the number, each of them somewhere', async () => {
      const order = orderOf(newId());
      Object.assign(order.business, { name: 'Óptica Belgrano', phone: '+541147778899' });
      Object.assign(order.request, { service_type: 'control de vista', user_name: 'Lucía Gómez' });
      await open().acceptBooking({ order, owner: 'searcher' });
      await open().markStarted(order.id);
      for (const text of ['lucia', 'GOMEZ', 'gomez optica', 'vista lucía', '7778', 'gomez 8899', 'belgrano 1147'])
        expect([text, await found({ text })]).toEqual([text, [order.id]]);
      // No word runs from one part into the next.
      for (const text of ['gomez peluqueria', 'belgranocontrol', '77789'])
        expect([text, await found({ text })]).toEqual([text, []]);
    });

    it('takes digits for a part of a number where no booking has it as a whole', async () => {
      const order = orderOf(newId());
      order.business.phone = '+541166554433';
      await open().acceptBooking({ order, owner: 'searcher', phone_hash: 'whole' });
      await open().markStarted(order.id);
      expect(await found({ phone_hashes: ['none'], digits: '6655' })).toEqual([order.id]);
      expect(await found({ phone_hashes: ['none'] })).toEqual([]);
      expect(await found({ phone_hashes: ['whole'], digits: '000000' })).toEqual([order.id]);
      const page = { owner: 'searcher', limit: 1, search: { phone_hashes: ['none'], digits: '5411' } };
      const [first] = await open().listBookings(page);
      const [second] = await open().listBookings({ ...page, after: first! });
      expect(second?.id).not.toBe(first?.id);
    });

    it('finds what was accepted in a period, from its first moment to before its last', async () => {
      const at = async (created_at: string) => {
        const order = orderOf(newId(), created_at);
        await open().acceptBooking({ order, owner: 'period' });
        await open().markStarted(order.id);
        return order.id;
      };
      await at('2026-11-23T02:59:59.999Z');
      const first = await at('2026-11-23T03:00:00.000Z');
      const last = await at('2026-11-24T02:59:59.999Z');
      await at('2026-11-24T03:00:00.000Z');
      const period = { created_from: '2026-11-23T00:00:00-03:00', created_before: '2026-11-24T00:00:00-03:00' };
      const ids = async (query: object) =>
        (await open().listBookings({ owner: 'period', limit: 9, ...period, ...query })).map((view) => view.id);
      expect(await ids({})).toEqual([last, first]);
      expect(await ids({ search: { text: 'mauro' }, status: 'queued' })).toEqual([last, first]);
      expect(await ids({ search: { id_prefix: first } })).toEqual([first]);
      expect(await ids({ owner: undefined, search: { id_prefix: last }, created_from: undefined })).toEqual([last]);
    });

    it('takes %, _ and \\ for what they are', async () => {
      const odd = await booked('100% c_t \\ fade');
      await booked('100 cut fade');
      for (const name of ['100%', 'c_t', '\\', '% c_t \\']) expect(await found({ text: name })).toEqual([odd.id]);
    });

    it('keeps and finds names of strange characters', async () => {
      const strange = await booked(STRANGE_TEXT);
      expect(await found({ text: 'peluqueria 💇' })).toEqual([strange.id]);
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
        (await open().listBookings({ owner: 'searcher', search: { text: 'filtrada' }, limit: 9, ...query })).map(
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
