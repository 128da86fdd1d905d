import { describe, expect, it } from '@jest/globals';
import type { Evidence } from '../../../domain/evidence.ts';
import { isForbidden } from '../../support/forbidden.ts';
import { type Databases, records } from '../databases.ts';
import { attemptOf, callStatus, newId, orderOf, snapshotOf } from '../samples.ts';

const report = (bookingId: string, id: string, n = 1): Evidence => ({
  id,
  call_id: `${bookingId}.${n}`,
  at: '2026-11-24T10:00:09.000Z',
  kind: 'report',
  source: 'tool',
  report: { result: 'do_not_call' },
});

const talk = (bookingId: string, id: string): Omit<Evidence, 'call_id'> & Evidence => ({
  id,
  call_id: `${bookingId}.1`,
  at: '2026-11-24T10:00:30.000Z',
  kind: 'conversation',
  source: 'post_call',
  conversation_id: `conv-${bookingId}`,
  status: 'done',
  report: { result: 'do_not_call' },
});

export const forbiddingByEvidence = (databases: Databases) =>
  describe('evidence of a wish never to be called again', () => {
    const open = records(databases);
    /** A booking whose number's hash is its own id's. */
    const booked = async (): Promise<{ id: string; hash: string; order: ReturnType<typeof orderOf> }> => {
      const order = orderOf(newId());
      const hash = `hash-${order.id}`;
      await open().acceptBooking({ order, owner: 'owner-a', phone_hash: hash });
      await open().markStarted(order.id);
      return { id: order.id, hash, order };
    };
    const entry = async (hash: string) =>
      (await open().forbidden('2026-11-24T11:00:00.000Z')).find((one) => one.phone_hash === hash);

    it('forbids the number with the same write', async () => {
      const { id, hash } = await booked();
      expect(await open().addEvidence(callStatus(id, 'answered'))).toBe(true);
      expect(await isForbidden(open(), hash)).toBe(false);
      expect(await open().addEvidence(report(id, 'never'))).toBe(true);
      expect(await entry(hash)).toEqual({
        phone_hash: hash,
        phone_masked: '+54…34',
        booking_id: id,
        at: '2026-11-24T10:00:09.000Z',
      });
    });

    it('does so however it came: in the record of a talk, from the workflow, or kept for whoever claims it', async () => {
      const found = await booked();
      await open().addEvidence(talk(found.id, 'found'));
      expect(await isForbidden(open(), found.hash)).toBe(true);

      const polled = await booked();
      const evidence = talk(polled.id, 'polled');
      const event = { type: 'evidence' as const, at: evidence.at, evidence };
      const attempts = [attemptOf(polled.id)];
      await open().saveSnapshot(snapshotOf(polled.order, 1, [{ key: 'e', event }], { attempts }));
      expect(await isForbidden(open(), polled.hash)).toBe(true);

      const claimed = await booked();
      const { call_id, ...unclaimed } = talk(claimed.id, 'kept');
      const ids = { conversation_id: `conv-${claimed.id}` };
      await open().addUnclaimed({ ...ids, at: unclaimed.at, evidence: unclaimed });
      expect(await isForbidden(open(), claimed.hash)).toBe(false);
      expect(await open().claimFor(call_id, ids)).toEqual([{ ...unclaimed, call_id }]);
      expect(await open().claimFor(call_id, ids)).toEqual([]);
      expect(await isForbidden(open(), claimed.hash)).toBe(true);
      expect((await open().evidence(claimed.id)).map((one) => one.id)).toEqual(['kept']);
    });

    it('does not undo a lifting when it comes again, or in other words of the same talk', async () => {
      const { id, hash } = await booked();
      await open().addEvidence(report(id, 'never'));
      expect(await open().allowNumber(hash)).toBeDefined();
      await open().addEvidence(report(id, 'never'));
      await open().addEvidence(talk(id, 'found'));
      const event = { type: 'evidence' as const, at: 'x', evidence: report(id, 'never') };
      await open().saveSnapshot(snapshotOf(orderOf(id), 1, [{ key: 'e', event }], { attempts: [attemptOf(id)] }));
      const heard = { phone_hash: hash, phone_masked: '+54…34', booking_id: id, at: '2026-11-24T10:00:09.000Z' };
      await open().forbidNumber({ ...heard, call_id: `${id}.1` });
      expect(await isForbidden(open(), hash)).toBe(false);
      // Another call in which it is said is another wish.
      await open().addEvidence(report(id, 'again', 2));
      expect(await isForbidden(open(), hash)).toBe(true);
    });

    it('forbids nothing when it was said in a simulation', async () => {
      const { id, hash, order } = await booked();
      const attempts = [attemptOf(id, 1, { channel: 'simulation' })];
      await open().saveSnapshot(snapshotOf(order, 1, [], { attempts, channel: 'simulation' }));
      expect(await open().addEvidence(report(id, 'simulated'))).toBe(true);
      expect(await isForbidden(open(), hash)).toBe(false);
    });

    it('leaves a row without a hash to its workflow, whose word then counts', async () => {
      const order = orderOf(newId());
      await open().acceptBooking({ order, owner: 'owner-a' });
      await open().addEvidence(report(order.id, 'never'));
      const heard = { phone_hash: `late-${order.id}`, phone_masked: '+54…34', booking_id: order.id, at: 'x' };
      await open().forbidNumber({ ...heard, call_id: `${order.id}.1` });
      expect(await isForbidden(open(), `late-${order.id}`)).toBe(true);
    });

    it('stays in force when its booking is erased, and comes to nothing as a whole when there is none', async () => {
      const { id, hash, order } = await booked();
      await open().addEvidence(report(id, 'never'));
      await open().saveSnapshot(
        snapshotOf(order, 2, [], { status: 'needs_review', outcome: { result: 'x' } as never }),
      );
      await open().beginErasure(id, { at: '2026-11-25T10:00:00.000Z' });
      await open().forgetBooking(id);
      expect(await isForbidden(open(), hash)).toBe(true);
      await expect(open().addEvidence(report(id, 'late'))).rejects.toMatchObject({ name: 'UnknownBooking' });
    });

    it('is claimed for a booking that exists, or left for whoever comes', async () => {
      const { call_id, ...unclaimed } = talk('bk_nowhere9', 'kept');
      const ids = { conversation_id: 'conv-bk_nowhere9' };
      await open().addUnclaimed({ ...ids, at: unclaimed.at, evidence: unclaimed });
      await expect(open().claimFor(call_id, ids)).rejects.toMatchObject({ name: 'UnknownBooking' });
      expect(await open().claim(ids)).toHaveLength(1);
    });
  });
