import {
  type Decision,
  isOvertaken,
  isReviewable,
  isSameReview,
  type Review,
  type ReviewRecord,
} from '../domain/review.ts';
import { noteReviewOf } from './batch-follow.ts';
import { viewIn } from './booking-rows.ts';
import { messageRow } from './messages.ts';
import type { BookingRecords } from './ports/bookings.ts';
import { takeEventNumbers } from './snapshots.ts';
import type { Database } from './tables.ts';

type Reviews = Pick<BookingRecords, 'addReview' | 'reviews'>;

/** Decisions of people where evidence was not enough. All are kept; the last one counts. */
export const reviews = (db: Database): Reviews => ({
  async addReview({ booking_id, message, ...given }) {
    return db.transaction().execute(async (trx) => {
      // Locks the booking, so that concurrent reviews are serialised.
      if (!(await takeEventNumbers(trx, booking_id, 0))) return { how: 'refused' };
      const row = await trx
        .selectFrom('bookings')
        .select(['status', 'view_json', 'review_json', 'follow_ups_json', 'contradictions_json'])
        .where('id', '=', booking_id)
        .executeTakeFirstOrThrow();
      const view = viewIn(row);
      if (row.status !== 'needs_review' && !isReviewable(view)) return { how: 'refused' };
      const last = (await ofBooking(trx, booking_id)).at(-1);
      if (last && isSameReview(last, given) && !isOvertaken(last, view)) return { how: 'repeated', review: last };
      const review: ReviewRecord = { ...given, number: (last?.number ?? 0) + 1 };
      const { number, decision, by, at, key } = review;
      const shown: Review = { decision, by, at };
      await trx
        .insertInto('reviews')
        .values({ booking_id, number, by_whom: by, key, at, decision_json: JSON.stringify(decision) })
        .execute();
      await trx
        .updateTable('bookings')
        .set({ review_json: JSON.stringify(shown), reviewed: 1, decided: decision.result })
        .where('id', '=', booking_id)
        .execute();
      await noteReviewOf(trx, booking_id, decision);
      const told = message?.(review);
      if (told) await trx.insertInto('messages').values(messageRow(told)).execute();
      return { how: 'added', review };
    });
  },

  reviews: (bookingId) => ofBooking(db, bookingId),
});

async function ofBooking(db: Database, bookingId: string): Promise<ReviewRecord[]> {
  const rows = await db
    .selectFrom('reviews')
    .select(['number', 'by_whom', 'key', 'at', 'decision_json'])
    .where('booking_id', '=', bookingId)
    .orderBy('number')
    .execute();
  return rows.map(({ number, by_whom, key, at, decision_json }) => ({
    number,
    decision: JSON.parse(decision_json) as Decision,
    by: by_whom,
    at,
    key,
  }));
}
