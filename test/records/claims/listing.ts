import { describe, expect, it } from '@jest/globals';
import type { BookingView } from '../../../domain/view.ts';
import type { Records } from '../../../records/interface.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, orderOf, snapshotOf } from '../samples.ts';

async function pages(open: Records, owner: string | undefined, limit: number): Promise<string[][]> {
  const all: string[][] = [];
  let after: BookingView | undefined;
  do {
    const page: BookingView[] = await open.listBookings({ owner, limit, after });
    if (page.length > 0) all.push(page.map((view) => view.id));
    after = page.at(-1);
  } while (after);
  return all;
}

export const listing = (databases: Databases) =>
  describe('listing bookings', () => {
    const open = records(databases);

    it('pages newest first, through equal times too, each booking once', async () => {
      const same = '2026-11-24T12:00:00.000Z';
      const ids = ['bk_page3', 'bk_page1', 'bk_page5', 'bk_page2', 'bk_page4'];
      for (const id of ids) await accepted(open(), orderOf(id, same), 'pager');
      await accepted(open(), orderOf('bk_older', '2026-11-24T11:59:59.999Z'), 'pager');
      await accepted(open(), orderOf('bk_newer', '2026-11-24T12:00:00.001Z'), 'pager');
      expect(await pages(open(), 'pager', 2)).toEqual([
        ['bk_newer', 'bk_page5'],
        ['bk_page4', 'bk_page3'],
        ['bk_page2', 'bk_page1'],
        ['bk_older'],
      ]);
    });

    it('orders by the moment, however it is written', async () => {
      await accepted(open(), orderOf('bk_written1', '2026-11-24T12:00:00Z'), 'writer');
      await accepted(open(), orderOf('bk_written2', '2026-11-24T12:00:00.500Z'), 'writer');
      await accepted(open(), orderOf('bk_written0', '2026-11-24T11:59:59.999Z'), 'writer');
      expect(await pages(open(), 'writer', 1)).toEqual([['bk_written2'], ['bk_written1'], ['bk_written0']]);
    });

    it('is not disturbed by a booking that arrives between two pages', async () => {
      for (const n of [1, 2, 3])
        await accepted(open(), orderOf(`bk_steady${n}`, `2026-11-24T12:00:0${n}.000Z`), 'steady');
      const first = await open().listBookings({ owner: 'steady', limit: 2 });
      await accepted(open(), orderOf('bk_steady4', '2026-11-24T12:00:04.000Z'), 'steady');
      const second = await open().listBookings({ owner: 'steady', limit: 2, after: first.at(-1) });
      expect([...first, ...second].map((view) => view.id)).toEqual(['bk_steady3', 'bk_steady2', 'bk_steady1']);
    });

    it('shows each owner their own, and operators all', async () => {
      const mine = await accepted(open(), orderOf(), 'mine');
      const theirs = await accepted(open(), orderOf(), 'theirs');
      expect((await open().listBookings({ owner: 'mine', limit: 10 })).map((view) => view.id)).toEqual([mine.id]);
      const all = (await open().listBookings({ limit: 100 })).map((view) => view.id);
      expect(all).toEqual(expect.arrayContaining([mine.id, theirs.id]));
    });

    it('filters by the status of the last snapshot', async () => {
      const queued = await accepted(open(), orderOf(), 'filter');
      const busy = await accepted(open(), orderOf(), 'filter');
      await open().saveSnapshot(snapshotOf(busy, 1));
      const only = async (status: 'queued' | 'in_progress' | 'completed') =>
        (await open().listBookings({ owner: 'filter', status, limit: 10 })).map((view) => view.id);
      expect(await only('queued')).toEqual([queued.id]);
      expect(await only('in_progress')).toEqual([busy.id]);
      await open().saveSnapshot(snapshotOf(busy, 2, [], { status: 'completed' }));
      expect(await only('in_progress')).toEqual([]);
      expect(await only('completed')).toEqual([busy.id]);
    });
  });

export const counting = (databases: Databases) =>
  describe('counting bookings', () => {
    const open = records(databases);

    it('counts those that are started, by the status of the last snapshot', async () => {
      expect(await open().countByStatus()).toEqual({});
      for (const status of ['completed', 'completed', 'failed'] as const) {
        await open().saveSnapshot(snapshotOf(await accepted(open()), 1, [], { status }));
      }
      await accepted(open());
      await open().acceptBooking({ order: orderOf(), owner: 'owner-a' });
      expect(await open().countByStatus()).toEqual({ queued: 1, completed: 2, failed: 1 });
    });
  });
