import type { Records } from './interface.ts';
import type { Database } from './tables.ts';

type Lines = Pick<Records, 'takeLine' | 'releaseLine'>;

/** One row for each number that a booking may ring now; the primary key is what keeps a second one out. */
export const lines = (db: Database): Lines => ({
  async takeLine({ line_id, booking_id, now, until }) {
    const until_ms = Date.parse(until);
    const held = await db
      .insertInto('lines')
      .values({ line_id, booking_id, until_ms })
      .onConflict((conflict) =>
        conflict
          .column('line_id')
          .doUpdateSet({ booking_id, until_ms })
          .where((eb) => eb.or([eb('lines.booking_id', '=', booking_id), eb('lines.until_ms', '<=', Date.parse(now))])),
      )
      .returning('line_id')
      .executeTakeFirst();
    return held !== undefined;
  },

  async releaseLine({ line_id, booking_id }) {
    await db.deleteFrom('lines').where('line_id', '=', line_id).where('booking_id', '=', booking_id).execute();
  },
});
