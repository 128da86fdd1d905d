import { iso } from '../domain/iso.ts';
import type { CalendarFeed, CalendarFeedRecords } from './ports/calendar-feeds.ts';
import type { Database } from './tables.ts';

const DAY_MS = 86_400_000;
/** A forgotten secret address should not work for ever. */
const UNREAD_MS = 366 * DAY_MS;

interface Row {
  id: string;
  owner: string;
  batch: string | null;
  created_ms: number;
  read_ms: number | null;
}

/** PostgreSQL's driver returns 64-bit integers as strings. */
const feedIn = ({ id, owner, batch, created_ms, read_ms }: Row): CalendarFeed => ({
  id,
  owner,
  batch,
  created_at: iso(Number(created_ms)),
  last_read_at: read_ms === null ? null : iso(Number(read_ms)),
});

/** Feeds of appointments. Only the hash of a feed's token is stored. */
export const calendarFeeds = (db: Database): CalendarFeedRecords => ({
  async addCalendarFeed({ id, owner, batch, created_at, token_hash, most }) {
    const created_ms = Date.parse(created_at);
    return db.transaction().execute(async (trx) => {
      await trx.deleteFrom('calendar_feeds').where('ends_ms', '<=', created_ms).execute();
      const own = await trx.selectFrom('calendar_feeds').select('id').where('owner', '=', owner).limit(most).execute();
      if (own.length >= most) return false;
      await trx
        .insertInto('calendar_feeds')
        .values({ id, token_hash, owner, batch, created_ms, read_ms: null, ends_ms: created_ms + UNREAD_MS })
        .execute();
      return true;
    });
  },

  async calendarFeeds(owner, now) {
    const rows = await db
      .selectFrom('calendar_feeds')
      .select(['id', 'owner', 'batch', 'created_ms', 'read_ms'])
      .where('owner', '=', owner)
      .where('ends_ms', '>', Date.parse(now))
      .orderBy('created_ms', 'desc')
      .orderBy('id', 'desc')
      .execute();
    return rows.map(feedIn);
  },

  async readCalendarFeed(tokenHash, now) {
    const now_ms = Date.parse(now);
    const row = await db
      .selectFrom('calendar_feeds')
      .select(['id', 'owner', 'batch', 'created_ms', 'read_ms'])
      .where('token_hash', '=', tokenHash)
      .where('ends_ms', '>', now_ms)
      .executeTakeFirst();
    if (!row) return undefined;
    if (row.read_ms === null || Number(row.read_ms) <= now_ms - DAY_MS) {
      const read = { read_ms: now_ms, ends_ms: now_ms + UNREAD_MS };
      await db.updateTable('calendar_feeds').set(read).where('token_hash', '=', tokenHash).execute();
    }
    return feedIn(row);
  },

  async removeCalendarFeed(id, owner) {
    const removed = await db
      .deleteFrom('calendar_feeds')
      .where('id', '=', id)
      .where('owner', '=', owner)
      .returning('id')
      .executeTakeFirst();
    return removed !== undefined;
  },
});
