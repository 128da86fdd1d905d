import { describe, expect, it } from '@jest/globals';
import { type Databases, records } from '../databases.ts';

const NOON = '2026-11-24T12:00:00.000Z';
const EVENING = '2026-11-24T20:00:00.000Z';
const NEXT_DAY = '2026-11-25T12:00:00.000Z';
const A_YEAR_ON = '2027-11-25T12:00:00.000Z';

export const calendarFeeds = (databases: Databases) =>
  describe('calendar feeds', () => {
    const open = records(databases);
    const feed = (name: string, more: { owner?: string; batch?: string; most?: number } = {}) => ({
      id: `cf_${name}`,
      owner: more.owner ?? name,
      batch: more.batch ?? null,
      created_at: NOON,
      token_hash: `hash of ${name}`,
      most: more.most ?? 5,
    });

    it('are found by the hash of their token, and note the day on which they were read', async () => {
      expect(await open().addCalendarFeed(feed('a', { batch: 'ba_one' }))).toBe(true);
      const stored = { id: 'cf_a', owner: 'a', batch: 'ba_one', created_at: NOON, last_read_at: null };
      expect(await open().readCalendarFeed('hash of a', NOON)).toEqual(stored);
      await open().readCalendarFeed('hash of a', EVENING);
      expect(await open().calendarFeeds('a', EVENING)).toEqual([{ ...stored, last_read_at: NOON }]);
      await open().readCalendarFeed('hash of a', NEXT_DAY);
      expect(await open().calendarFeeds('a', NEXT_DAY)).toEqual([{ ...stored, last_read_at: NEXT_DAY }]);
      expect(await open().readCalendarFeed('hash of b', NOON)).toBeUndefined();
    });

    it('are removed by their owner alone', async () => {
      await open().addCalendarFeed(feed('c'));
      expect(await open().removeCalendarFeed('cf_c', 'somebody else')).toBe(false);
      expect(await open().readCalendarFeed('hash of c', NOON)).toBeDefined();
      expect(await open().removeCalendarFeed('cf_c', 'c')).toBe(true);
      expect(await open().readCalendarFeed('hash of c', NOON)).toBeUndefined();
      expect(await open().removeCalendarFeed('cf_c', 'c')).toBe(false);
    });

    it('end when nobody reads them for a year, and count no longer', async () => {
      for (const name of ['d', 'e']) await open().addCalendarFeed(feed(name, { owner: 'dora' }));
      expect(await open().addCalendarFeed(feed('f', { owner: 'dora', most: 2 }))).toBe(false);
      await open().readCalendarFeed('hash of e', NEXT_DAY);
      expect((await open().calendarFeeds('dora', A_YEAR_ON)).map(({ id }) => id)).toEqual(['cf_e']);
      expect(await open().readCalendarFeed('hash of d', A_YEAR_ON)).toBeUndefined();
      expect(await open().readCalendarFeed('hash of e', A_YEAR_ON)).toBeDefined();
      expect(await open().addCalendarFeed({ ...feed('f', { owner: 'dora', most: 2 }), created_at: A_YEAR_ON })).toBe(
        true,
      );
    });
  });
