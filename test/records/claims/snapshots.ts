import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../../domain/result.ts';
import type { BookingEvent } from '../../../domain/view.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, attemptOf, callStatus, orderOf, STRANGE_TEXT, snapshotOf, statusEvent } from '../samples.ts';

const DECLINED: Outcome = {
  result: 'declined',
  channel: 'native',
  simulated: false,
  confirmed_date: null,
  confirmed_time: null,
  notes: null,
  evidence: ['report_result'],
  proof: null,
  offers: [],
  callback_at: null,
};

export const savingSnapshots = (databases: Databases) =>
  describe('saving snapshots', () => {
    const warnings: object[] = [];
    const open = records(databases, { log: { warn: (fields) => warnings.push(fields) } });
    const keysOf = (events: BookingEvent[]) => events.map((event, i) => ({ key: `e${i + 1}`, event }));
    const waits = async (bookingId: string) =>
      (await open().eventsAfter(bookingId, 0, 100)).map(({ event }) => event.type === 'status' && event.until);

    it('stores view and events, numbered from 1', async () => {
      const order = await accepted(open());
      const events = keysOf([
        statusEvent('one'),
        { type: 'attempt', at: order.created_at, attempt: attemptOf(order.id) },
      ]);
      const snapshot = snapshotOf(order, 1, events, { attempts: [attemptOf(order.id)] });
      await open().saveSnapshot(snapshot);
      expect((await open().booking(order.id))?.view).toEqual(snapshot.view);
      expect(await open().eventsAfter(order.id, 0, 100)).toEqual(
        JSON.parse(JSON.stringify(events.map(({ event }, i) => ({ seq: i + 1, event })))),
      );
    });

    it('gives an outcome of an earlier version, which asked for no proof, without one', async () => {
      const order = await accepted(open());
      const { proof: _, ...older } = { ...DECLINED };
      const final = { type: 'final', at: order.created_at, outcome: older } as BookingEvent;
      await open().saveSnapshot(
        snapshotOf(order, 1, [{ key: 'final', event: final }], { outcome: older as Outcome, status: 'completed' }),
      );
      expect((await open().booking(order.id))?.view.outcome).toEqual(DECLINED);
      expect((await open().eventsAfter(order.id, 0, 9))[0]?.event).toMatchObject({
        outcome: { proof: null, offers: [], callback_at: null },
      });
    });

    it('gives events after a number, as many as asked', async () => {
      const order = await accepted(open());
      await open().saveSnapshot(snapshotOf(order, 1, keysOf(['a', 'b', 'c', 'd'].map(statusEvent))));
      const seqs = async (after: number, limit: number) =>
        (await open().eventsAfter(order.id, after, limit)).map(({ seq }) => seq);
      expect(await seqs(0, 2)).toEqual([1, 2]);
      expect(await seqs(2, 1)).toEqual([3]);
      expect(await seqs(3, 10)).toEqual([4]);
      expect(await seqs(4, 10)).toEqual([]);
    });

    it('lets an older version change nothing', async () => {
      const order = await accepted(open());
      await open().saveSnapshot(snapshotOf(order, 5, [{ key: 'five', event: statusEvent('five') }]));
      const before = await open().booking(order.id);
      for (const version of [3, 4]) {
        await open().saveSnapshot(
          snapshotOf(order, version, [{ key: `late-${version}`, event: statusEvent('late') }], { status: 'failed' }),
        );
      }
      expect(await open().booking(order.id)).toEqual(before);
      expect(await waits(order.id)).toEqual(['five']);
    });

    it('adds an event whose key is known only once, also under a newer version', async () => {
      const order = await accepted(open());
      const first = { key: 'first', event: statusEvent('first') };
      const second = { key: 'second', event: statusEvent('second') };
      await open().saveSnapshot(snapshotOf(order, 1, [first]));
      await open().saveSnapshot(snapshotOf(order, 1, [first]));
      await open().saveSnapshot(snapshotOf(order, 2, [first, second]));
      await open().saveSnapshot(snapshotOf(order, 3, [second, second]));
      expect(await waits(order.id)).toEqual(['first', 'second']);
    });

    it('keeps the events of two bookings apart, though their keys are the same', async () => {
      const [one, two] = [await accepted(open()), await accepted(open())];
      await open().saveSnapshot(snapshotOf(one, 1, [{ key: 'k', event: statusEvent('one') }]));
      await open().saveSnapshot(snapshotOf(two, 1, [{ key: 'k', event: statusEvent('two') }]));
      expect(await waits(one.id)).toEqual(['one']);
      expect(await waits(two.id)).toEqual(['two']);
    });

    it('keeps the evidence that only the workflow saw, and not twice what a webhook had brought', async () => {
      const order = await accepted(open());
      const [brought, polled] = [callStatus(order.id, 'brought'), callStatus(order.id, 'polled')];
      expect(await open().addEvidence(brought, 'webhooks/1.json')).toBe(true);
      const events = [brought, polled].map((evidence) => ({
        key: evidence.id,
        event: { type: 'evidence' as const, at: evidence.at, evidence },
      }));
      await open().saveSnapshot(snapshotOf(order, 1, events));
      expect(await open().evidence(order.id)).toEqual([brought, polled]);
      expect(await open().addEvidence(polled)).toBe(false);
    });

    it('finds an attempt by the ids the snapshot gave it, and by those a later one added', async () => {
      const order = await accepted(open());
      const call_sid = `CA-${order.id}`;
      const conversation_id = `conv-${order.id}`;
      await open().saveSnapshot(snapshotOf(order, 1, [], { attempts: [attemptOf(order.id, 1, { call_sid })] }));
      expect(await open().findAttempt({ conversation_id })).toBeUndefined();
      await open().saveSnapshot(
        snapshotOf(order, 2, [], {
          attempts: [attemptOf(order.id, 1, { call_sid, conversation_id }), attemptOf(order.id, 2)],
        }),
      );
      expect(await open().findAttempt({ call_sid })).toBe(`${order.id}.1`);
      expect(await open().findAttempt({ conversation_id })).toBe(`${order.id}.1`);
    });

    it('drops the snapshot of a booking that is not there, and says so', async () => {
      const order = orderOf();
      await open().saveSnapshot(snapshotOf(order, 1, [{ key: 'k', event: statusEvent() }]));
      expect(await open().booking(order.id)).toBeUndefined();
      expect(warnings).toEqual([{ booking_id: order.id }]);
    });

    it('stores all of a snapshot or nothing of it', async () => {
      const order = await accepted(open());
      const broken = snapshotOf(order, 1, [{ key: 'k', event: statusEvent() }], {
        attempts: [attemptOf(order.id, 1, { call_id: 'not-an-attempt' })],
      });
      await expect(open().saveSnapshot(broken)).rejects.toThrow('not "not-an-attempt"');
      expect(await open().eventsAfter(order.id, 0, 10)).toEqual([]);
      expect((await open().booking(order.id))?.view.status).toBe('queued');
      await open().saveSnapshot(snapshotOf(order, 1));
      expect((await open().booking(order.id))?.view.status).toBe('in_progress');
    });

    it('takes hundreds of events at once, and strange texts', async () => {
      const order = await accepted(open());
      const events = Array.from({ length: 500 }, (_, i) => ({
        key: `k${i}`,
        event: statusEvent(`${i} ${STRANGE_TEXT}`),
      }));
      await open().saveSnapshot(snapshotOf(order, 1, events));
      const stored = await open().eventsAfter(order.id, 0, 1000);
      expect(stored.map(({ event }) => event)).toEqual(events.map(({ event }) => event));
    });
  });
