import { describe, expect, it } from '@jest/globals';
import type { Result } from '../../../domain/result.ts';
import { statusOf } from '../../../domain/result.ts';
import type { Decision } from '../../../domain/review.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, orderOf, snapshotOf, viewOf } from '../samples.ts';

const outcome = (result: Result) => ({
  result,
  channel: 'native' as const,
  simulated: false,
  confirmed_date: null,
  confirmed_time: null,
  notes: null,
  evidence: [],
  proof: null,
  offers: [],
  callback_at: null,
});

const AT = '2026-11-24T12:00:00.000Z';
const decision = (changes: Partial<Decision> = {}): Decision => ({
  result: 'declined',
  confirmed_date: null,
  confirmed_time: null,
  notes: null,
  ...changes,
});

export const reviewing = (databases: Databases) =>
  describe('reviewing a booking', () => {
    const open = records(databases);
    const ended = async (result: Result = 'needs_review'): Promise<string> => {
      const order = await accepted(open(), orderOf(), 'owner-reviews');
      await open().saveSnapshot(snapshotOf(order, 1, [], { status: statusOf(result), outcome: outcome(result) }));
      return order.id;
    };
    const review = (booking_id: string, changes: Partial<Decision> = {}, by = 'Ana') =>
      open().addReview({ booking_id, decision: decision(changes), by, at: AT, key: 'k1' });

    it('puts the decision beside the outcome, which stays, and in the list', async () => {
      const id = await ended();
      expect(await review(id)).toEqual({
        how: 'added',
        review: { number: 1, decision: decision(), by: 'Ana', at: AT, key: 'k1' },
      });
      const view = (await open().booking(id))!.view;
      expect(view.review).toEqual({ decision: decision(), by: 'Ana', at: AT });
      expect(view.outcome).toEqual(outcome('needs_review'));
      const [listed] = await open().listBookings({ owner: 'owner-reviews', limit: 1 });
      expect(listed).toEqual(view);
    });

    it('keeps every review, and the last one counts', async () => {
      const id = await ended();
      await review(id);
      await review(id, { result: 'confirmed', confirmed_date: '2026-11-25', confirmed_time: '16:00' }, 'Bea');
      expect((await open().reviews(id)).map(({ number, by, decision: { result } }) => [number, by, result])).toEqual([
        [1, 'Ana', 'declined'],
        [2, 'Bea', 'confirmed'],
      ]);
      expect((await open().booking(id))!.view.review?.by).toBe('Bea');
    });

    it('takes the same review again for the same', async () => {
      const id = await ended();
      await review(id);
      expect(await review(id)).toMatchObject({ how: 'repeated', review: { number: 1 } });
      expect(await open().reviews(id)).toHaveLength(1);
    });

    it('gives reviews that come at once a number each', async () => {
      const id = await ended();
      await Promise.all(Array.from({ length: 8 }, (_, i) => review(id, { notes: `note ${i}` })));
      expect((await open().reviews(id)).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('refuses one of a booking with another outcome, with none, or that nobody knows', async () => {
      const going = await accepted(open());
      for (const id of [await ended('confirmed'), going.id, 'bk_nobody00001']) {
        expect(await review(id)).toEqual({ how: 'refused' });
        expect(await open().reviews(id)).toEqual([]);
      }
    });

    it('survives what the workflow writes again', async () => {
      const order = await accepted(open());
      const last = snapshotOf(order, 5, [], { status: 'needs_review', outcome: outcome('needs_review') });
      await open().saveSnapshot(last);
      await review(order.id);
      await open().saveSnapshot(last);
      expect((await open().booking(order.id))!.view.review?.by).toBe('Ana');
    });

    it('has its message on record in the same breath, once', async () => {
      const order = await accepted(open());
      await open().saveSnapshot(snapshotOf(order, 1, [], { status: 'needs_review', outcome: outcome('needs_review') }));
      const give = () =>
        open().addReview({
          booking_id: order.id,
          decision: decision(),
          by: 'Ana',
          at: AT,
          key: 'k1',
          message: ({ number }) => ({
            id: `msg_${order.id}_reviewed_${number}`,
            booking_id: order.id,
            type: 'booking.reviewed',
            timestamp: AT,
            data: viewOf(order),
          }),
        });
      await give();
      await give();
      expect(await open().messages(order.id)).toMatchObject([
        { id: `msg_${order.id}_reviewed_1`, type: 'booking.reviewed', state: 'pending' },
      ]);
    });
  });
