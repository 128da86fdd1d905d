import type { AccessRecords } from './ports/access.ts';
import type { Database } from './tables.ts';

type Sessions = Pick<AccessRecords, 'openSession' | 'sessionOwner' | 'closeSession'>;

/** Sessions at the console. Only the hash of a session's id is stored. */
export const sessions = (db: Database): Sessions => ({
  async openSession({ hash, owner, now, until }) {
    await db.transaction().execute(async (trx) => {
      await trx.deleteFrom('sessions').where('until_ms', '<=', Date.parse(now)).execute();
      await trx
        .insertInto('sessions')
        .values({ hash, owner, until_ms: Date.parse(until) })
        .execute();
    });
  },

  async sessionOwner(hash, now) {
    const row = await db
      .selectFrom('sessions')
      .select('owner')
      .where('hash', '=', hash)
      .where('until_ms', '>', Date.parse(now))
      .executeTakeFirst();
    return row?.owner;
  },

  async closeSession(hash) {
    await db.deleteFrom('sessions').where('hash', '=', hash).execute();
  },
});
