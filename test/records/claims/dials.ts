import { describe, expect, it } from '@jest/globals';
import { openRecords } from '../../../records/open.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, newId, snapshotOf } from '../samples.ts';

const AT = '2026-11-24T12:00:00.000Z';

const dial = (bookingId: string, n: number, known = [n], run_id = 'run-1') => ({
  call_id: `${bookingId}.${n}`,
  run_id,
  channel: 'native' as const,
  caller: '+15005550006',
  at: AT,
  known,
  phone_hashes: [`hash-of-${bookingId}`],
});

export const claimingDials = (databases: Databases) =>
  describe('the claim of a dial', () => {
    const open = records(databases);

    it('lets a call leave once, and the next one of the same run after it', async () => {
      const { id } = await accepted(open());
      expect(await open().claimDial(dial(id, 1))).toEqual({ how: 'claimed' });
      expect(await open().claimDial(dial(id, 3, [1, 2, 3]))).toEqual({ how: 'claimed' });
      expect((await open().dialsOf(id)).map(({ call_id }) => call_id)).toEqual([`${id}.1`, `${id}.3`]);
    });

    it('shows a run that was set back what has left already, with the ids of the call', async () => {
      const { id } = await accepted(open());
      await open().claimDial(dial(id, 1));
      await open().linkAttempt(`${id}.1`, { call_sid: `CA-${id}` });
      expect(await open().claimDial(dial(id, 1, [1], 'run-2'))).toEqual({
        how: 'dialed',
        dials: [{ call_id: `${id}.1`, channel: 'native', caller: '+15005550006', at: AT, call_sid: `CA-${id}` }],
      });
    });

    it('is refused to a run that does not know of a later dial, whatever number it has come to', async () => {
      const { id } = await accepted(open());
      // The first dial was put off, so the call that talks is the second one; a run that was set back counts from one again.
      await open().claimDial(dial(id, 2, [1, 2]));
      expect(await open().claimDial(dial(id, 1, [1], 'run-2'))).toMatchObject({ how: 'dialed' });
      expect((await open().dialsOf(id)).map(({ call_id }) => call_id)).toEqual([`${id}.2`]);
    });

    it('is refused without an accepted booking that is open', async () => {
      const refused = { how: 'not_on_record' };
      expect(await open().claimDial(dial(newId(), 1))).toEqual(refused);
      const order = await accepted(open());
      const going = snapshotOf(order, 1);
      const outcome = {
        result: 'unreachable' as const,
        channel: null,
        simulated: false,
        confirmed_date: null,
        confirmed_time: null,
        notes: null,
        evidence: [],
        proof: null,
        offers: [],
        callback_at: null,
      };
      await open().saveSnapshot({ ...going, version: 2, view: { ...going.view, status: 'failed', outcome } });
      expect(await open().claimDial(dial(order.id, 1))).toEqual(refused);
      const erased = await accepted(open());
      await open().saveSnapshot({
        ...snapshotOf(erased, 1),
        view: { ...snapshotOf(erased, 1).view, status: 'failed', outcome },
      });
      await open().beginErasure(erased.id, { at: AT });
      expect(await open().claimDial(dial(erased.id, 1))).toEqual(refused);
    });

    it('is refused when the number was forbidden in the meantime', async () => {
      const { id } = await accepted(open());
      await open().forbidNumber({
        phone_hash: `hash-of-${id}`,
        phone_masked: '+54…34',
        booking_id: 'bk_other',
        at: AT,
      });
      expect(await open().claimDial(dial(id, 1))).toEqual({ how: 'forbidden' });
    });

    it('is one’s of many that reach for the same call through two handles', async () => {
      const databaseUrl = await databases.newDatabase();
      const [left, right] = await Promise.all([openRecords({ databaseUrl }), openRecords({ databaseUrl })]);
      await left.migrate();
      const { id } = await accepted(left);
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? left : right).claimDial(dial(id, 1, [1], `run-${i}`))),
      );
      expect(claims.filter(({ how }) => how === 'claimed')).toHaveLength(1);
      await Promise.all([left.close(), right.close()]);
    });
  });
