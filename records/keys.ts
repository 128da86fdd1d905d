import type { AccessRecords } from './ports/access.ts';
import type { Database } from './tables.ts';

type Keys = Pick<AccessRecords, 'keyMark' | 'keepKeyMark' | 'numberHashedBefore'>;

/** Marks by which a key is recognised as the one of this data. No key is stored here. */
export const keys = (db: Database): Keys => {
  const keyMark = async (name: string): Promise<string | undefined> =>
    (await db.selectFrom('key_marks').select('mark').where('name', '=', name).executeTakeFirst())?.mark;

  return {
    keyMark,

    async keepKeyMark(name, mark, instead) {
      if (instead === undefined) {
        await db
          .insertInto('key_marks')
          .values({ name, mark })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .execute();
      } else {
        await db.updateTable('key_marks').set({ mark }).where('name', '=', name).where('mark', '=', instead).execute();
      }
      return (await keyMark(name)) ?? mark;
    },

    async numberHashedBefore() {
      const row = await db
        .selectFrom('bookings')
        .select(['order_json', 'phone_hash'])
        .where('phone_hash', 'is not', null)
        .orderBy('phone_hash', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!row?.phone_hash) return undefined;
      const { business } = JSON.parse(row.order_json) as { business: { phone: string } };
      return { phone: business.phone, phone_hash: row.phone_hash };
    },
  };
};
