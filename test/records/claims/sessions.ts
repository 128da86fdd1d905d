import { describe, expect, it } from '@jest/globals';
import { type Databases, records } from '../databases.ts';

const NOON = '2026-11-24T12:00:00.000Z';
const EVENING = '2026-11-24T20:00:00.000Z';

export const sessions = (databases: Databases) =>
  describe('the console’s sessions', () => {
    const open = records(databases);

    it('names a session’s owner until its end, and not after', async () => {
      await open().openSession({ hash: 'a', owner: 'olga', now: NOON, until: EVENING });
      expect(await open().sessionOwner('a', NOON)).toBe('olga');
      expect(await open().sessionOwner('a', EVENING)).toBeUndefined();
      expect(await open().sessionOwner('b', NOON)).toBeUndefined();
    });

    it('forgets a session that was closed, and only that one', async () => {
      await open().openSession({ hash: 'c', owner: 'olga', now: NOON, until: EVENING });
      await open().openSession({ hash: 'd', owner: 'olga', now: NOON, until: EVENING });
      await open().closeSession('c');
      expect(await open().sessionOwner('c', NOON)).toBeUndefined();
      expect(await open().sessionOwner('d', NOON)).toBe('olga');
    });
  });
