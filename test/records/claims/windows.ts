import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Review } from '../../../domain/review.ts';
import type { BookingView } from '../../../domain/view.ts';
import { type Databases, records } from '../databases.ts';
import { orderOf, snapshotOf } from '../samples.ts';

/** More than two windows of an index, with what is searched for at both ends. */
const BOOKINGS = 2_700;
const IN_ONE_GO = 100;

export const windows = (databases: Databases) =>
  describe('looking for few bookings among many', () => {
    const open = records(databases);
    const made: { id: string; owner: string; name: string; view?: BookingView; reviewed?: boolean }[] = [];

    beforeAll(async () => {
      for (let from = 0; from < BOOKINGS; from += IN_ONE_GO) {
        await Promise.all(Array.from({ length: IN_ONE_GO }, (_, i) => make(from + i)));
      }
    }, 120_000);

    async function make(n: number): Promise<void> {
      const order = orderOf(
        `bk_many${String(n).padStart(6, '0')}`,
        new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString(),
      );
      const rare = n % 900 === 0;
      order.business.name = rare ? 'Rara Avis' : 'Común';
      const one: (typeof made)[number] = {
        id: order.id,
        owner: n % 3 === 0 ? 'many' : 'others',
        name: order.business.name,
      };
      made[n] = one;
      await open().acceptBooking({ order, owner: one.owner });
      await open().markStarted(order.id);
      if (!rare) return;
      const snapshot = snapshotOf(order, 1, [], { status: 'needs_review', channel: 'bridge' });
      one.view = snapshot.view;
      await open().saveSnapshot(snapshot);
      one.reviewed = n === 0;
      const review: Review & { booking_id: string; key: string } = {
        booking_id: order.id,
        decision: { result: 'declined' } as never,
        by: 'olga',
        at: order.created_at,
        key: 'k',
      };
      if (one.reviewed) await open().addReview(review);
    }

    const expected = (fits: (one: (typeof made)[number]) => boolean | undefined) =>
      made
        .filter(fits)
        .map(({ id }) => id)
        .reverse();
    const found = async (query: object) =>
      (await open().listBookings({ limit: BOOKINGS, ...query })).map(({ id }) => id);

    it('finds all of them, newest first, whatever is asked for', async () => {
      const rare = expected(({ view }) => view !== undefined);
      expect(rare).toHaveLength(3);
      expect(await found({ search: { text: 'rara' } })).toEqual(rare);
      expect(await found({ owner: 'many', search: { text: 'avis' } })).toEqual(rare);
      expect(await found({ owner: 'others', search: { text: 'avis' } })).toEqual([]);
      expect(await found({ channel: 'bridge' })).toEqual(rare);
      expect(await found({ owner: 'many', status: 'needs_review' })).toEqual(rare);
      expect(await found({ status: 'needs_review', reviewed: false })).toEqual(rare.slice(0, 2));
      expect(await found({ reviewed: true })).toEqual(rare.slice(2));
      expect(await found({ search: { id_prefix: 'bk_many00' } })).toEqual(expected(() => true));
      expect(await found({ search: { id_prefix: 'bk_many0009' } })).toEqual(
        expected(({ id }) => id.startsWith('bk_many0009')),
      );
      expect(await found({ owner: 'many', search: { id_prefix: 'bk_many00090' } })).toEqual(
        expected(({ id, owner }) => owner === 'many' && id.startsWith('bk_many00090')),
      );
    });

    it('turns pages across windows, each booking once', async () => {
      for (const query of [
        { search: { text: 'avis' } },
        { owner: 'many', reviewed: false },
        { search: { id_prefix: 'bk_many0009' } },
      ]) {
        const whole = await found(query);
        const turned: string[] = [];
        let after: BookingView | undefined;
        do {
          const page: BookingView[] = await open().listBookings({
            ...query,
            limit: whole.length > 100 ? 400 : 2,
            after,
          });
          turned.push(...page.map(({ id }) => id));
          after = page.at(-1);
        } while (after);
        expect(turned).toEqual(whole);
      }
    });

    it('counts them exactly, through reviews, erasures and what comes twice', async () => {
      const counted = async () => [await open().countByStatus(), await open().countReviewsOpen()];
      expect(await counted()).toEqual([{ queued: BOOKINGS - 3, needs_review: 3 }, 2]);
      const [last, second] = expected(({ view }) => view !== undefined);
      const outcome = { result: 'needs_review' } as never;
      await open().saveSnapshot({ version: 2, view: { ...made.at(-900)!.view!, outcome }, events: [] });
      await open().beginErasure(last!, { at: '2026-11-24T10:00:00.000Z' });
      expect(await counted()).toEqual([{ queued: BOOKINGS - 3, needs_review: 2 }, 1]);
      await open().forgetBooking(last!);
      await open().forgetBooking(last!);
      await open().foldCounts();
      expect(await counted()).toEqual([{ queued: BOOKINGS - 3, needs_review: 2 }, 1]);
      for (const decision of [{ result: 'declined' }, { result: 'no_availability' }] as never[])
        await open().addReview({ booking_id: second!, decision, by: 'olga', at: '2026-11-24T10:00:00.000Z', key: 'k' });
      expect(await counted()).toEqual([{ queued: BOOKINGS - 3, needs_review: 2 }, 0]);
    });
  });
