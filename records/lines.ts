import { FINAL_STATUSES } from '../domain/result.ts';
import type { Records } from './interface.ts';
import type { Database } from './tables.ts';

type Lines = Pick<Records, 'takeLine' | 'releaseLine'>;

/** One row for each number that a booking may ring now; the primary key is what keeps a second one out. */
export const lines = (db: Database): Lines => ({
  async takeLine({ line_id, booking_id, now, until }) {
    const taken_ms = Date.parse(now);
    const until_ms = Date.parse(until);
    return db.transaction().execute(async (trx) => {
      const over = await trx
        .selectFrom('bookings')
        .select('id')
        .where('id', '=', booking_id)
        .where('status', 'in', FINAL_STATUSES)
        .executeTakeFirst();
      // Whoever asks for it was given up long ago, and does not know it.
      if (over) return false;
      const held = await trx
        .insertInto('lines')
        .values({ line_id, booking_id, taken_ms, until_ms })
        .onConflict((conflict) =>
          conflict
            .column('line_id')
            .doUpdateSet({ booking_id, taken_ms, until_ms })
            .where((eb) => eb.or([eb('lines.booking_id', '=', booking_id), eb('lines.until_ms', '<=', taken_ms)])),
        )
        .returning('line_id')
        .executeTakeFirst();
      return held !== undefined;
    });
  },

  async releaseLine({ line_id, booking_id, asked_at }) {
    await db
      .deleteFrom('lines')
      .where('line_id', '=', line_id)
      .where('booking_id', '=', booking_id)
      .where('taken_ms', '<=', Date.parse(asked_at))
      .execute();
  },
});
