import { describe, expect, it } from '@jest/globals';
import type { Accounts } from '../../../domain/accounts.ts';
import { childKeyOf } from '../../../domain/parent.ts';
import { type Outcome, statusOf } from '../../../domain/result.ts';
import { CandidateOvertaken } from '../../../records/shortlist-bookings.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, newId, orderOf, snapshotOf } from '../samples.ts';
import { DECLINED, shortlistEnd, shortlistOf } from '../shortlist-samples.ts';

const AT = '2026-11-24T11:00:00.000Z';
const accounts: Accounts = { mode: 'live', twilio: null, elevenlabs: null, played: false, caller: null };
let made = 0;
const newOrder = (more = {}) => shortlistOf(`sl_sample${++made}`, more);

export const shortlists = (databases: Databases) =>
  describe('shortlists', () => {
    const open = records(databases);
    const accept = async (order = newOrder(), owner = 'o', more = {}) => {
      const how = (await open().acceptShortlist({ order, owner, accounts, ...more })).how;
      await open().markShortlistStarted(order.id);
      return { how, order };
    };
    /** A shortlist with the booking of its first candidate, which is final. */
    const withBooking = async () => {
      const { order } = await accept();
      const child = { ...orderOf(newId()), shortlist: { id: order.id, candidate: 1 } };
      await accepted(open(), child);
      await open().saveSnapshot(snapshotOf(child, 1, [], { status: 'completed', outcome: DECLINED }));
      return { order, child };
    };
    const erase = async (id: string) => {
      expect(await open().beginErasure(id, { at: AT })).toBe('begun');
      await open().forgetBooking(id);
    };
    const everything = async (id: string): Promise<string> =>
      JSON.stringify([
        await open().shortlist(id),
        await open().shortlistEventsAfter(id, 0, 99),
        await open().shortlistMessage(id),
      ]);

    it('are one for a key and a body, and no more than a key may have open', async () => {
      const order = newOrder();
      const key = { key: 'k', body_hash: 'h' };
      expect((await accept(order, 'keyed', { idempotency: key })).how).toBe('created');
      const again = await open().acceptShortlist({ order, owner: 'keyed', accounts, idempotency: key });
      expect(again).toMatchObject({ how: 'repeated', order: { id: order.id }, started: true });
      const other = { ...key, body_hash: 'i' };
      expect(await open().acceptShortlist({ order, owner: 'keyed', accounts, idempotency: other })).toEqual({
        how: 'conflict',
        shortlist_id: order.id,
      });
      for (const most of [2, 1]) {
        const { how } = await open().acceptShortlist({ order: newOrder(), owner: 'keyed', accounts, most });
        expect(how).toBe(most === 2 ? 'created' : 'too_many');
      }
    });

    it('show their newest progress, and never lose an outcome', async () => {
      const { order } = await accept();
      const end = shortlistEnd(order, 'bk_x');
      const { progress } = (await open().shortlist(order.id))!;
      const write = { id: order.id, progress: { ...progress, status: 'in_progress' as const } };
      const status = (at: string) => ({ type: 'status' as const, at, status: 'in_progress' as const });
      await open().saveShortlist({ ...write, version: 2, events: [status('b')] });
      await open().saveShortlist({ ...write, version: 1, events: [status('a')] });
      await open().saveShortlist({ ...write, version: 2, events: [status('b')] });
      await open().saveShortlist(end);
      await open().saveShortlist(end);
      await open().saveShortlist({ ...write, version: 9, events: [status('z')] });
      expect((await open().shortlist(order.id))!.progress).toEqual(end.progress);
      const events = await open().shortlistEventsAfter(order.id, 0, 99);
      expect(events.map(({ event }) => event.type)).toEqual(['status', 'status', 'final']);
      expect(await open().shortlistEventsAfter(order.id, events[1]!.seq, 99)).toEqual([events[2]]);
      await open().addShortlistDelivery(order.id, { at: AT, status: 500, error: null }, 'pending');
      await open().addShortlistDelivery(order.id, { at: AT, status: 200, error: null }, 'delivered');
      expect((await open().shortlistMessage(order.id))!.record).toMatchObject({
        state: 'delivered',
        deliveries: [{ status: 500 }, { status: 200 }],
      });
    });

    it('are listed newest first, page by page, for an owner or for all', async () => {
      const at = (minute: number) => ({ created_at: `2026-11-24T12:0${minute}:00.000Z` });
      const mine = [1, 2, 3].map((minute) => newOrder(at(minute)));
      for (const order of mine) await accept(order, 'lister');
      const unstarted = newOrder(at(4));
      await open().acceptShortlist({ order: unstarted, owner: 'lister', accounts });
      const ids = mine.map(({ id }) => id).reverse();
      const page = await open().listShortlists({ owner: 'lister', limit: 2 });
      expect(page.map(({ order }) => order.id)).toEqual(ids.slice(0, 2));
      const rest = await open().listShortlists({ owner: 'lister', limit: 9, after: page.at(-1)!.order });
      expect(rest.map(({ order }) => order.id)).toEqual(ids.slice(2));
      expect((await open().listShortlists({ limit: 1 })).length).toBe(1);
    });

    /** A booking of a candidate, accepted and started. */
    const place = async (shortlistId: string, candidate: number, id = newId()) => {
      await accepted(open(), { ...orderOf(id), shortlist: { id: shortlistId, candidate } });
      return id;
    };
    const settle = async (id: string, outcome: Outcome) => {
      const { order } = (await open().booking(id))!;
      await open().saveSnapshot(snapshotOf(order, 1, [], { status: statusOf(outcome.result), outcome }));
    };
    const doubt: Outcome = { ...DECLINED, result: 'needs_review' };
    const report = { result: 'confirmed', confirmed_date: '2026-12-01', confirmed_time: '16:00' } as const;
    const ringBack = { at: AT, call_id: 'bk_x.1001', report, proof: null };

    it('have no two open bookings, and none after an appointment or a doubt, whatever their runs believe', async () => {
      const { order } = await accept();
      const first = await place(order.id, 1);
      await expect(place(order.id, 2)).rejects.toThrow(CandidateOvertaken);
      await settle(first, doubt);
      await expect(place(order.id, 2)).rejects.toThrow('may be an appointment');
      const decision = { result: 'declined', confirmed_date: null, confirmed_time: null, notes: null } as const;
      await open().addReview({ booking_id: first, decision, by: 'Olga', at: AT, key: 'k' });
      const second = await place(order.id, 2);
      await settle(second, DECLINED);
      await open().noteFollowUp(second, ringBack);
      await expect(place(order.id, 1)).rejects.toThrow(CandidateOvertaken);
      expect(await open().bookingsOfShortlist(order.id)).toHaveLength(2);
    });

    it('get no booking after a cancel or their outcome, and a lost placing leaves none behind', async () => {
      const { order } = await accept();
      const unstarted = { ...orderOf(newId()), shortlist: { id: order.id, candidate: 1 } };
      await open().acceptBooking({ order: unstarted, owner: 'o' });
      await expect(place(order.id, 2)).rejects.toThrow(CandidateOvertaken);
      await open().dropUnstartedOf(order.id);
      expect(await open().booking(unstarted.id)).toBeUndefined();
      await settle(await place(order.id, 2), DECLINED);
      expect(await open().cancelShortlist(order.id, AT)).toHaveLength(1);
      expect((await open().shortlist(order.id))!.progress.cancel_requested).toBe(true);
      await expect(place(order.id, 1)).rejects.toThrow('canceled or final');
      const { order: other } = await accept();
      await open().saveShortlist(shortlistEnd(other, 'bk_x'));
      await expect(place(other.id, 2)).rejects.toThrow('canceled or final');
      expect(await open().cancelShortlist(other.id, AT)).toBeUndefined();
    });

    it('are found while they are open, and while their client was not told', async () => {
      const { order } = await accept();
      const unfinished = async (state: 'open' | 'untold') =>
        (await open().unfinishedShortlists({ state, after: `${order.id.slice(0, -1)}`, limit: 99 })).map(
          ({ order: { id } }) => id,
        );
      expect(await unfinished('open')).toContain(order.id);
      await open().saveShortlist(shortlistEnd(order, 'bk_x'));
      expect(await unfinished('open')).not.toContain(order.id);
      expect(await unfinished('untold')).toContain(order.id);
      await open().addShortlistDelivery(order.id, { at: AT, status: 200, error: null }, 'delivered');
      expect(await unfinished('untold')).not.toContain(order.id);
    });

    it('lose the business, the person and the words of an erased booking, and keep status and result', async () => {
      const { order, child } = await withBooking();
      await open().saveShortlist(shortlistEnd(order, child.id));
      await erase(child.id);
      const left = await everything(order.id);
      for (const text of ['Mauro', 'Dentista 1', '+541143210101', 'el martes primero'])
        expect(left).not.toContain(text);
      expect((await open().shortlist(order.id))!.progress).toMatchObject({
        status: 'completed',
        outcome: { result: 'confirmed', confirmed_date: '2026-12-01', proof: null },
        candidates: [{ status: 'asked', result: 'confirmed' }, { status: 'not_asked' }],
      });
      expect(await open().shortlistMessage(order.id)).toBeUndefined();
    });

    it('keep the person while other candidates are left to ask, and no longer', async () => {
      const { order, child } = await withBooking();
      await erase(child.id);
      const meanwhile = await everything(order.id);
      expect(meanwhile).toContain('Mauro');
      expect(meanwhile).not.toContain('+541143210101');
      await open().saveShortlist(shortlistEnd((await open().shortlist(order.id))!.order, child.id));
      expect(await everything(order.id)).not.toContain('Mauro');
    });

    it('go by age, with their events, once they are final', async () => {
      const { order } = await accept();
      const { order: going } = await accept();
      await open().saveShortlist(shortlistEnd(order, 'bk_x'));
      const forget = (final_before: string) => open().forgetShortlists({ final_before, limit: 99 });
      expect(await forget('2026-11-24T10:00:00.000Z')).not.toContain(order.id);
      expect(await forget('2026-11-25T10:00:00.000Z')).toContain(order.id);
      expect(await open().shortlist(order.id)).toBeUndefined();
      expect(await open().shortlistEventsAfter(order.id, 0, 9)).toEqual([]);
      expect(await open().shortlist(going.id)).toBeDefined();
    });

    it.each([false, true])('gone by age, are not made again by their key, booking erased: %s', async (erased) => {
      const idempotency = { key: `k${++made}`, body_hash: 'h' };
      const { order } = await accept(newOrder(), 'aged', { idempotency });
      const shortlist = { id: order.id, candidate: 1 };
      const child = { ...orderOf(newId()), shortlist };
      const byParent = { key: childKeyOf({ shortlist }), body_hash: 'h' };
      await open().acceptBooking({ order: child, owner: 'aged', idempotency: byParent });
      await open().saveSnapshot(snapshotOf(child, 1, [], { status: 'completed', outcome: DECLINED }));
      await open().saveShortlist(shortlistEnd(order, child.id));
      await open().forgetShortlists({ final_before: '2026-11-25T10:00:00.000Z', limit: 99 });
      if (erased) await erase(child.id);
      // The second candidate was not asked then, and would be rung now.
      const again = await open().acceptShortlist({ order, owner: 'aged', accounts, idempotency });
      expect(again).toEqual({ how: 'erased', shortlist_id: order.id });
      expect(await open().shortlist(order.id)).toBeUndefined();
    });
  });
