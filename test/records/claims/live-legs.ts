import { describe, expect, it } from '@jest/globals';
import { type Databases, records } from '../databases.ts';
import { accepted, attemptOf, snapshotOf } from '../samples.ts';

export const theLiveLegs = (databases: Databases) =>
  describe('the legs that may be live', () => {
    const open = records(databases);
    const sids = async () => (await open().liveLegs()).map(({ call_sid }) => call_sid).sort();

    it('are those of open bookings that nobody has seen end, by what the workflow wrote and what the dial linked', async () => {
      const order = await accepted(open());
      const attempts = [
        attemptOf(order.id, 1, { status: 'busy', call_sid: 'CA-over' }),
        attemptOf(order.id, 2, { status: 'in_progress', call_sid: 'CA-talks' }),
        attemptOf(order.id, 3, { status: 'dialing' }),
        attemptOf(order.id, 4, { status: 'unknown' }),
      ];
      await open().saveSnapshot(snapshotOf(order, 1, [], { attempts }));
      expect(await sids()).toEqual(['CA-talks']);
      await open().linkAttempt(`${order.id}.3`, { call_sid: 'CA-linked', conversation_id: 'conv-linked' });
      await open().linkAttempt(`${order.id}.2`, { call_sid: 'CA-talks' });
      expect(await sids()).toEqual(['CA-linked', 'CA-talks']);
      await open().saveSnapshot(snapshotOf(order, 2, [], { attempts, status: 'needs_review' }));
      expect(await sids()).toEqual([]);
    });

    it('are all of them, however many bookings there are', async () => {
      for (let i = 0; i < 150; i++) {
        const order = await accepted(open());
        const attempts = [attemptOf(order.id, 1, { call_sid: `CA-many-${i}` })];
        await open().saveSnapshot(snapshotOf(order, 1, [], { attempts }));
      }
      expect(await sids()).toHaveLength(150);
    });
  });
