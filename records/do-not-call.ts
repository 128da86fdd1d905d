import type { ProhibitionRecords } from './ports/prohibitions.ts';
import { enterForCall, enterNumber } from './prohibitions.ts';
import type { Database } from './tables.ts';

/** Numbers that asked not to be called, by keyed hash. They outlive their bookings. */
export const doNotCall = (db: Database): ProhibitionRecords => ({
  async forbidNumber({ call_id, ...entry }) {
    if (call_id === undefined) return enterNumber(db, entry);
    await db.transaction().execute((trx) => enterForCall(trx, call_id, entry));
  },

  async allowNumber(phoneHash) {
    const removed = await db
      .deleteFrom('do_not_call')
      .where('phone_hash', '=', phoneHash)
      .returning(['phone_masked', 'booking_id'])
      .executeTakeFirst();
    return removed;
  },

  /** Newest first. */
  async forbidden() {
    return db.selectFrom('do_not_call').selectAll().orderBy('at', 'desc').orderBy('phone_hash').execute();
  },
});
