import { describe, expect, it } from '@jest/globals';
import type { Evidence } from '../../../domain/evidence.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, callStatus, snapshotOf } from '../samples.ts';

const withoutAttempt = (id: string): Omit<Evidence, 'call_id'> => {
  const { call_id: _, ...rest } = callStatus('bk_none', id);
  return rest;
};

export const keepingEvidence = (databases: Databases) =>
  describe('keeping evidence', () => {
    const open = records(databases);

    it('keeps one id of one booking once, in the order of arrival', async () => {
      const [one, two] = [await accepted(open()), await accepted(open())];
      expect(await open().addEvidence(callStatus(one.id, 'z'))).toBe(true);
      expect(await open().addEvidence(callStatus(one.id, 'a'))).toBe(true);
      expect(await open().addEvidence(callStatus(one.id, 'z', 2))).toBe(false);
      expect(await open().addEvidence(callStatus(two.id, 'z'))).toBe(true);
      expect((await open().evidence(one.id)).map((item) => item.id)).toEqual(['z', 'a']);
      expect(await open().evidence(one.id)).toContainEqual(callStatus(one.id, 'z'));
    });

    it('keeps one of many that arrive at once', async () => {
      const order = await accepted(open());
      const added = await Promise.all(
        Array.from({ length: 10 }, () => open().addEvidence(callStatus(order.id, 'same'))),
      );
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await open().evidence(order.id)).toHaveLength(1);
    });

    it('takes evidence for a booking that is final, and leaves the booking as it is', async () => {
      const order = await accepted(open());
      const outcome = {
        result: 'confirmed' as const,
        channel: 'native' as const,
        simulated: false,
        confirmed_date: '2026-11-25',
        confirmed_time: '16:00',
        notes: null,
        evidence: ['report_result' as const],
        proof: null,
        offers: [],
        callback_at: null,
      };
      await open().saveSnapshot(snapshotOf(order, 1, [], { status: 'completed', outcome }));
      const before = await open().booking(order.id);
      expect(await open().addEvidence(callStatus(order.id, 'late'))).toBe(true);
      expect(await open().booking(order.id)).toEqual(before);
      expect((await open().evidence(order.id)).map((item) => item.id)).toEqual(['late']);
    });

    it('says clearly that a booking or an attempt is unknown', async () => {
      await expect(open().addEvidence(callStatus('bk_nowhere', 'x'))).rejects.toMatchObject({
        name: 'UnknownBooking',
        bookingId: 'bk_nowhere',
      });
      await expect(open().addEvidence({ ...callStatus('bk_nowhere', 'x'), call_id: 'CA123' })).rejects.toThrow(
        'call_id must be a booking id and an attempt\'s number (bk_….1), not "CA123"',
      );
    });
  });

export const linkingAttempts = (databases: Databases) =>
  describe('linking attempts', () => {
    const open = records(databases);

    it('finds an attempt by either id, before any snapshot', async () => {
      await open().linkAttempt('bk_linked1.1', { call_sid: 'CA1' });
      await open().linkAttempt('bk_linked1.1', { conversation_id: 'conv1' });
      await open().linkAttempt('bk_linked1.2', { call_sid: 'CA2', conversation_id: 'conv2' });
      expect(await open().findAttempt({ call_sid: 'CA1' })).toBe('bk_linked1.1');
      expect(await open().findAttempt({ conversation_id: 'conv1' })).toBe('bk_linked1.1');
      expect(await open().findAttempt({ call_sid: 'CA2' })).toBe('bk_linked1.2');
      expect(await open().findAttempt({ call_sid: 'unknown', conversation_id: 'conv2' })).toBe('bk_linked1.2');
    });

    it('takes the ids for what they are', async () => {
      await open().linkAttempt('bk_linked2.1', { call_sid: 'same' });
      expect(await open().findAttempt({ conversation_id: 'same' })).toBeUndefined();
      expect(await open().findAttempt({ call_sid: 'other' })).toBeUndefined();
      expect(await open().findAttempt({})).toBeUndefined();
      expect(await open().findAttempt({ call_sid: '' })).toBeUndefined();
    });

    it('lets the last link of an id stand, also when links come at once', async () => {
      await Promise.all(
        Array.from({ length: 10 }, () =>
          open().linkAttempt('bk_linked3.1', { call_sid: 'CA3', conversation_id: 'conv3' }),
        ),
      );
      await open().linkAttempt('bk_linked3.2', { call_sid: 'CA3' });
      await open().linkAttempt('bk_linked3.2', {});
      expect(await open().findAttempt({ call_sid: 'CA3' })).toBe('bk_linked3.2');
      expect(await open().findAttempt({ conversation_id: 'conv3' })).toBe('bk_linked3.1');
    });
  });

export const claimingEvidence = (databases: Databases) =>
  describe('evidence that nobody claimed yet', () => {
    let clock = Date.parse('2026-11-24T10:00:00Z');
    const open = records(databases, { now: () => clock });
    const at = '2026-11-24T10:00:00.000Z';
    const ids = (items: { id: string }[]) => items.map((item) => item.id);

    it('is given out once, in the order of arrival, for either id', async () => {
      await open().addUnclaimed({ call_sid: 'CA1', at, evidence: withoutAttempt('z') });
      await open().addUnclaimed({
        conversation_id: 'conv1',
        at,
        evidence: withoutAttempt('y'),
        phone: '+541143211234',
      });
      await open().addUnclaimed({ call_sid: 'CA1', conversation_id: 'conv1', at, evidence: withoutAttempt('x') });
      await open().addUnclaimed({ call_sid: 'CA2', at, evidence: withoutAttempt('other') });
      const claimed = await open().claim({ call_sid: 'CA1', conversation_id: 'conv1' });
      expect(claimed).toEqual(['z', 'y', 'x'].map(withoutAttempt));
      expect(await open().claim({ call_sid: 'CA1', conversation_id: 'conv1' })).toEqual([]);
      expect(ids(await open().claim({ call_sid: 'CA2' }))).toEqual(['other']);
    });

    it('is given to one of many who claim at once', async () => {
      for (let i = 0; i < 5; i++)
        await open().addUnclaimed({ call_sid: 'CA-many', at, evidence: withoutAttempt(`m${i}`) });
      const claims = await Promise.all(Array.from({ length: 8 }, () => open().claim({ call_sid: 'CA-many' })));
      expect(ids(claims.flat()).sort()).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']);
    });

    it('is kept once when a webhook repeats itself', async () => {
      await open().addUnclaimed({ call_sid: 'CA-twice', at, evidence: withoutAttempt('same') });
      await open().addUnclaimed({ call_sid: 'CA-twice', at, evidence: withoutAttempt('same') });
      expect(ids(await open().claim({ call_sid: 'CA-twice' }))).toEqual(['same']);
    });

    it('is not given to who names no id, nor to who names an empty one', async () => {
      await open().addUnclaimed({ conversation_id: 'conv-alone', at, evidence: withoutAttempt('alone') });
      expect(await open().claim({})).toEqual([]);
      expect(await open().claim({ call_sid: '' })).toEqual([]);
      expect(await open().claim({ call_sid: 'CA-none' })).toEqual([]);
      expect(ids(await open().claim({ conversation_id: 'conv-alone' }))).toEqual(['alone']);
    });

    it('is forgotten after two days', async () => {
      await open().addUnclaimed({ call_sid: 'CA-old', at, evidence: withoutAttempt('old') });
      clock += 47 * 3_600_000;
      await open().addUnclaimed({ call_sid: 'CA-young', at, evidence: withoutAttempt('young') });
      clock += 2 * 3_600_000;
      await open().addUnclaimed({ call_sid: 'CA-new', at, evidence: withoutAttempt('new') });
      expect(await open().claim({ call_sid: 'CA-old' })).toEqual([]);
      expect(ids(await open().claim({ call_sid: 'CA-young' }))).toEqual(['young']);
    });
  });
