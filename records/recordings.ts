import { attemptOf } from './attempt-id.ts';
import { isOfAttempt } from './of-attempt.ts';
import type { EventRecords } from './ports/events.ts';
import type { Database } from './tables.ts';
import { ofKnownBooking } from './unknown-booking.ts';

type Recordings = Pick<EventRecords, 'putRecording' | 'recording'>;

export const recordings = (db: Database): Recordings => ({
  /**
   * A second recording of an attempt replaces the first.
   * @throws UnknownBooking
   */
  async putRecording({ call_id, path, content_type, bytes }) {
    const { booking_id, number } = attemptOf(call_id);
    await ofKnownBooking(
      booking_id,
      db
        .insertInto('recordings')
        .values({ call_id, booking_id, number, path, content_type, bytes })
        .onConflict((conflict) => conflict.column('call_id').doUpdateSet({ path, content_type, bytes }))
        .execute(),
    );
  },

  /** The recording of the last attempt that has one. */
  async recording(bookingId, callId) {
    const of = db
      .selectFrom('recordings')
      .select(['call_id', 'path', 'content_type', 'bytes'])
      .where('booking_id', '=', bookingId);
    const row = await (callId === undefined ? of.where(isOfAttempt('recordings')) : of.where('call_id', '=', callId))
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    // PostgreSQL's driver returns 64-bit integers as strings.
    return row && { ...row, bytes: Number(row.bytes) };
  },
});
