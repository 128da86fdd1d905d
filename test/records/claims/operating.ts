import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../../domain/result.ts';
import type { AttemptView } from '../../../domain/view.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, attemptOf, newId, orderOf, snapshotOf } from '../samples.ts';

const OUTCOME: Outcome = {
  result: 'confirmed',
  channel: 'native',
  simulated: false,
  confirmed_date: null,
  confirmed_time: null,
  notes: null,
  evidence: [],
  proof: null,
  offers: [],
  callback_at: null,
};
const AT = '2026-11-24T15:00:00.000Z';
const DAY = { from: '2026-11-24T03:00:00.000Z', before: '2026-11-25T03:00:00.000Z' };
const DECLINED = { result: 'declined', confirmed_date: null, confirmed_time: null, notes: null } as const;

export const operating = (databases: Databases) =>
  describe('an operator’s day', () => {
    const open = records(databases);

    const ended = async (
      owner: string,
      outcome: Partial<Outcome>,
      { at = AT, attempts = [] }: { at?: string; attempts?: ((id: string) => AttemptView)[] } = {},
    ) => {
      const order = await accepted(open(), orderOf(newId()), owner);
      const full = { ...OUTCOME, ...outcome };
      await open().saveSnapshot(
        snapshotOf(order, 1, [], {
          status: full.result === 'needs_review' ? 'needs_review' : 'completed',
          channel: full.channel,
          outcome: full,
          attempts: attempts.map((make) => make(order.id)),
          updated_at: at,
        }),
      );
      return order.id;
    };
    const talked =
      (seconds: number, n: number, more: Partial<AttemptView> = {}) =>
      (id: string) =>
        attemptOf(id, n, { status: 'completed', duration_seconds: seconds, ...more });

    it('has figures of the outcomes in it, of one owner or of all; a simulation confirms nothing', async () => {
      await ended('day', {}, { attempts: [talked(61.4, 1), talked(20, 2)] });
      await ended('day', {}, { at: DAY.from });
      await ended('day', {}, { at: DAY.before });
      await ended('day', { result: 'voicemail' }, { attempts: [talked(9, 1)] });
      await ended('day', { result: 'unreachable' });
      await ended('day', { result: 'canceled' });
      await ended(
        'day',
        { channel: 'simulation', simulated: true },
        { attempts: [talked(50, 1, { channel: 'simulation' })] },
      );
      await ended('night', {});
      const figures = { final: 6, confirmed: 2, unreachable: 2, canceled: 1, simulated: 1 };
      // A minute that has begun counts as one; a simulation is a conversation of two agents.
      const usage = { answered: 3, talk_seconds: 90, phone_minutes: 4, agent_seconds: 190 };
      expect(await open().figures({ owner: 'day', ...DAY })).toEqual({ ...figures, usage });
      expect(await open().figures(DAY)).toMatchObject({ final: 7, confirmed: 3, usage });
      expect(await open().figures({ owner: 'nobody', ...DAY })).toMatchObject({ final: 0, usage: { talk_seconds: 0 } });
    });

    it('counts a booking as a person decided it', async () => {
      const id = await ended('decided', { result: 'needs_review' });
      const decision = {
        result: 'confirmed',
        confirmed_date: '2026-11-27',
        confirmed_time: '16:00',
        notes: null,
      } as const;
      await open().addReview({ booking_id: id, decision, by: 'Olga', at: AT, key: 'k' });
      expect(await open().figures({ owner: 'decided', ...DAY })).toMatchObject({ confirmed: 1, unreachable: 0 });
      await open().addReview({ booking_id: id, decision: DECLINED, by: 'Olga', at: AT, key: 'k' });
      expect(await open().figures({ owner: 'decided', ...DAY })).toMatchObject({ confirmed: 0, final: 1 });
    });

    it('knows how many bookings wait for a person, and since when the newest does', async () => {
      expect(await open().reviewsDue('due')).toEqual({ count: 0, newest: null });
      const first = await ended('due', { result: 'needs_review' });
      await ended('due', { result: 'needs_review' }, { at: '2026-11-24T16:00:00.000Z' });
      expect(await open().reviewsDue('due')).toEqual({ count: 2, newest: '2026-11-24T16:00:00.000Z' });
      expect((await open().reviewsDue()).count).toBeGreaterThanOrEqual(2);
      await open().addReview({ booking_id: first, decision: DECLINED, by: 'Olga', at: AT, key: 'k' });
      expect(await open().reviewsDue('due')).toMatchObject({ count: 1 });
      const [left] = await open().listBookings({ owner: 'due', status: 'needs_review', reviewed: false, limit: 1 });
      await open().beginErasure(left!.id, { at: AT });
      expect(await open().reviewsDue('due')).toEqual({ count: 0, newest: null });
    });

    it('finds the open bookings of a number, of one owner or of all, the newest first', async () => {
      const booked = async (owner: string, phone_hash: string, created_at: string) => {
        const order = orderOf(newId(), created_at);
        await open().acceptBooking({ order, owner, phone_hash });
        await open().markStarted(order.id);
        return order;
      };
      const old = await booked('one', 'number-a', '2026-11-24T10:00:00.000Z');
      const newer = await booked('two', 'number-b', '2026-11-24T11:00:00.000Z');
      const over = await booked('one', 'number-a', '2026-11-24T12:00:00.000Z');
      await open().saveSnapshot(snapshotOf(over, 1, [], { status: 'completed', outcome: OUTCOME }));
      const query = { phone_hashes: ['number-a', 'number-b'], limit: 3 };
      const found = await open().openOfNumber(query);
      expect(found.map(({ id }) => id)).toEqual([newer.id, old.id]);
      expect(found[1]).toEqual({
        id: old.id,
        status: 'queued',
        service_type: 'dentista',
        user_name: 'Mauro',
        created_at: '2026-11-24T10:00:00.000Z',
      });
      expect((await open().openOfNumber({ ...query, owner: 'one' })).map(({ id }) => id)).toEqual([old.id]);
      expect(await open().openOfNumber({ ...query, phone_hashes: ['number'] })).toEqual([]);
    });

    it('keeps the acts of operators for a year, also of a booking that was erased', async () => {
      const act = { key: 'k', booking_id: 'bk_acted', subject: null };
      await open().addAct({ ...act, act: 'cancel', at: '2025-11-20T10:00:00.000Z', by: 'Olga' });
      const erased = { ...act, act: 'erase', at: AT, by: 'Ana' } as const;
      const allowed = { ...act, act: 'allow', at: AT, by: null, booking_id: null, subject: '+54…34' } as const;
      await open().addAct(erased);
      await open().addAct(allowed);
      expect(await open().acts({ limit: 10 })).toMatchObject([allowed, erased]);
      expect(await open().acts({ booking_id: 'bk_acted', limit: 10 })).toMatchObject([erased]);
      const [newest] = await open().acts({ limit: 1 });
      expect(newest).toMatchObject(allowed);
      expect(await open().acts({ after: newest!.position, limit: 10 })).toMatchObject([erased]);
      expect(await open().acts({ act: 'allow', from: AT, limit: 10 })).toMatchObject([allowed]);
      expect(await open().acts({ by: 'Ana', key: 'k', limit: 10 })).toMatchObject([erased]);
      expect(await open().acts({ before: AT, limit: 10 })).toEqual([]);
    });
  });
