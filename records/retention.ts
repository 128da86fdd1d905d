import { type SqlBool, sql } from 'kysely';
import { FINAL_STATUSES } from '../domain/result.ts';
import type { BookingRecords } from './ports/bookings.ts';
import type { ErasureRecords } from './ports/erasures.ts';
import type { Database } from './tables.ts';

type Retention = Pick<ErasureRecords, 'dueForErasure'> & Pick<BookingRecords, 'unknownAmong'>;

export const retention = (db: Database): Retention => ({
  async dueForErasure({ final_before, begun_before, limit }) {
    // Erasures whose run did not start.
    const begun = await db
      .selectFrom('erasures')
      .select('booking_id as id')
      .where('forgotten', '=', 0)
      .where('requested_ms', '<', Date.parse(begun_before))
      .orderBy('requested_ms')
      .limit(limit)
      .execute();
    if (final_before === undefined || begun.length === limit) return begun.map(({ id }) => id);
    const before = Date.parse(final_before);
    // `erasing = 0` without a parameter: the partial indexes match by this text.
    const ended = await db
      .selectFrom('bookings')
      .select('id')
      .where(sql<SqlBool>`erasing = 0`)
      .where('final_ms', '<', before)
      .where('status', 'in', FINAL_STATUSES)
      .orderBy('final_ms')
      .limit(limit - begun.length)
      .execute();
    // Accepted, never started, and never requested again.
    const lost = await db
      .selectFrom('bookings')
      .select('id')
      .where(sql<SqlBool>`started = 0 and erasing = 0`)
      .where('created_ms', '<', before)
      .orderBy('created_ms')
      .limit(limit - begun.length - ended.length)
      .execute();
    return [...begun, ...ended, ...lost].map(({ id }) => id);
  },

  async unknownAmong(bookingIds) {
    if (bookingIds.length === 0) return [];
    const known = await db.selectFrom('bookings').select('id').where('id', 'in', bookingIds).execute();
    const there = new Set(known.map(({ id }) => id));
    return bookingIds.filter((id) => !there.has(id));
  },
});
