import { describe, expect, it } from '@jest/globals';
import type { BookingView } from '../../../domain/view.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, attemptOf, newId, orderOf, snapshotOf, viewOf } from '../samples.ts';

const AT = '2026-11-24T12:00:00.000Z';
const LATER = '2026-11-25T12:00:00.000Z';
const WINDOW = { from: 540, to: 1200 };

const ended = (view: BookingView): BookingView => ({
  ...view,
  status: 'needs_review',
  updated_at: AT,
  outcome: {
    result: 'needs_review',
    channel: null,
    simulated: false,
    confirmed_date: null,
    confirmed_time: null,
    notes: null,
    evidence: [],
    proof: null,
    offers: [],
    callback_at: null,
  },
});

export const lookingAtBookings = (databases: Databases) =>
  describe('the look at bookings', () => {
    const open = records(databases);

    it('goes through the open ones that were started, page by page, the oldest first', async () => {
      const ids = [];
      for (const minute of ['03', '01', '02', '09']) {
        const order = orderOf(newId(), `2026-11-20T10:${minute}:00.000Z`);
        await open().acceptBooking({ order, owner: 'o', calling_window: WINDOW });
        if (minute !== '02') await open().markStarted(order.id);
        ids.push(order.id);
      }
      const page = (after?: { created_at: string; id: string }) =>
        open().openBookings({ status: 'queued', accepted_before: '2026-11-20T10:05:00.000Z', after, limit: 1 });
      const [first] = await page();
      expect(first).toMatchObject({ order: { id: ids[1] }, calling_window: WINDOW });
      const { created_at, id } = first!.order;
      const [second] = await page({ created_at, id });
      expect(second!.order.id).toBe(ids[0]);
      expect(await page({ created_at: second!.order.created_at, id: second!.order.id })).toEqual([]);
      await open().noteWindow(ids[0]!, { from: 0, to: 60 });
      expect((await page({ created_at, id }))[0]!.calling_window).toEqual({ from: 0, to: 60 });
    });

    it('ends a lost one once, and none that has its outcome', async () => {
      const order = await accepted(open());
      const view = ended(viewOf(order));
      expect(await open().endLost(view)).toBe(true);
      expect(await open().endLost(view)).toBe(false);
      expect((await open().booking(order.id))!.view).toEqual(view);
      expect((await open().eventsAfter(order.id, 0, 10)).map(({ seq, event }) => [seq, event.type])).toEqual([
        [1, 'status'],
        [2, 'final'],
      ]);
      await open().saveSnapshot({ ...snapshotOf(order, 9), events: [] });
      expect((await open().booking(order.id))!.view).toEqual(view);
    });
  });

export const auditing = (databases: Databases) =>
  describe('the audit of outcomes', () => {
    const open = records(databases);
    const due = (final_before: string, now = final_before) => open().dueForAudit({ final_before, now, limit: 10 });

    it('comes due after an outcome, and when it was put off to', async () => {
      expect(await open().nextAuditAt(1_000)).toBeUndefined();
      const order = await accepted(open());
      const view = ended(viewOf(order, { attempts: [attemptOf(order.id, 1)] }));
      await open().saveSnapshot({ version: 3, view, events: [] });
      expect(await open().nextAuditAt(1_000)).toBe(Date.parse(AT) + 1_000);
      expect(await due('2026-11-24T11:59:59.000Z')).toEqual([]);
      expect(await due(AT)).toMatchObject([{ order: { id: order.id }, audits: 0, final_at: AT }]);
      await open().setAudit({ booking_id: order.id, audits: 1, next: LATER });
      expect(await due(AT)).toEqual([]);
      expect(await open().nextAuditAt(1_000)).toBe(Date.parse(LATER));
      expect(await due(AT, LATER)).toMatchObject([{ audits: 1 }]);
      await open().setAudit({ booking_id: order.id, audits: 2, next: undefined });
      expect(await due(LATER)).toEqual([]);
      expect(await open().nextAuditAt(1_000)).toBeUndefined();
    });

    it('keeps what it found of a call once, and shows it with the booking', async () => {
      const { id } = await accepted(open());
      const call = { kind: 'unknown_call' as const, call_sid: 'CA1' };
      const talk = { kind: 'result_unheard' as const, call_id: `${id}.1`, conversation_id: 'conv_1' };
      expect(await open().addContradictions(id, [call], AT)).toEqual([{ ...call, at: AT }]);
      expect(await open().addContradictions(id, [{ ...call, kind: 'still_alive' }, talk], LATER)).toEqual([
        { ...talk, at: LATER },
      ]);
      expect((await open().booking(id))!.view.contradictions).toHaveLength(2);
      expect(await open().addContradictions(newId(), [call], AT)).toEqual([]);
    });

    it('knows the dials to a number, and whose calls are whose', async () => {
      const [one, other] = [orderOf(), orderOf()];
      for (const order of [one, other]) await open().acceptBooking({ order, owner: 'o', phone_hash: 'hash-n' });
      const dial = (bookingId: string, at: string) =>
        open().claimDial({
          call_id: `${bookingId}.1`,
          run_id: 'r',
          channel: 'bridge',
          caller: null,
          at,
          known: [1],
          phone_hashes: ['none'],
        });
      await dial(one.id, AT);
      await dial(other.id, LATER);
      await open().linkAttempt(`${one.id}.1`, { call_sid: `CA-${one.id}` });
      const query = { phone_hash: 'hash-n', booking_id: one.id, since: AT };
      expect(await open().dialsTo(query)).toMatchObject([
        { booking_id: one.id, named: true, at: AT },
        { booking_id: other.id, named: false, at: LATER },
      ]);
      expect(await open().dialsTo({ ...query, phone_hash: 'another' })).toHaveLength(1);
      expect(await open().ownersOf([`CA-${one.id}`, 'CA-nobody'])).toEqual(new Map([[`CA-${one.id}`, `${one.id}.1`]]));
    });
  });
