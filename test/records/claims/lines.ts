import { describe, expect, it } from '@jest/globals';
import { iso } from '../../../domain/iso.ts';
import { openRecords } from '../../../records/open.ts';
import type { LineRecords } from '../../../records/ports/lines.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, orderOf, snapshotOf } from '../samples.ts';

const NOON = Date.parse('2026-11-24T12:00:00.000Z');

/** A claim on `line_id`, made `after` seconds past noon and good for a minute. */
const claim = (line_id: string, booking_id: string, after = 0) => ({
  line_id,
  booking_id,
  now: iso(NOON + after * 1000),
  until: iso(NOON + (after + 60) * 1000),
});

export const theLine = (databases: Databases) =>
  describe('the line of a number', () => {
    const open = records(databases);
    const taken = async (line: Parameters<LineRecords['takeLine']>[0]) => (await open().takeLine(line)).taken;

    it('is one booking’s at a time, and stays so when that one takes it again', async () => {
      expect(await taken(claim('line-1', 'bk_a'))).toBe(true);
      expect(await taken(claim('line-1', 'bk_b', 1))).toBe(false);
      expect(await taken(claim('line-1', 'bk_a', 50))).toBe(true);
      expect(await taken(claim('line-1', 'bk_b', 100))).toBe(false);
      expect(await taken(claim('line-2', 'bk_b'))).toBe(true);
    });

    it('is free when its time has passed, and the one who slept does not get it back', async () => {
      await open().takeLine(claim('line-3', 'bk_a'));
      expect(await taken(claim('line-3', 'bk_b', 60))).toBe(true);
      expect(await taken(claim('line-3', 'bk_a', 61))).toBe(false);
    });

    it('is given free by its holder only', async () => {
      await open().takeLine(claim('line-4', 'bk_a'));
      await open().releaseLine({ line_id: 'line-4', booking_id: 'bk_b', asked_at: iso(NOON + 1) });
      expect(await taken(claim('line-4', 'bk_b'))).toBe(false);
      await open().releaseLine({ line_id: 'line-4', booking_id: 'bk_a', asked_at: iso(NOON + 1) });
      expect(await taken(claim('line-4', 'bk_b'))).toBe(true);
    });

    it('stays, when a release comes late that was asked for before it was taken', async () => {
      await open().takeLine(claim('line-7', 'bk_a', 10));
      await open().releaseLine({ line_id: 'line-7', booking_id: 'bk_a', asked_at: iso(NOON + 9_999) });
      expect(await taken(claim('line-7', 'bk_b', 11))).toBe(false);
    });

    it('is given free by the record of the outcome, whatever the workflow knew of it', async () => {
      const order = await accepted(open());
      await open().takeLine(claim('line-5', order.id));
      const going = snapshotOf(order, 1);
      await open().saveSnapshot(going);
      expect(await taken(claim('line-5', 'bk_b'))).toBe(false);
      const outcome = {
        result: 'unreachable' as const,
        channel: null,
        simulated: true,
        confirmed_date: null,
        confirmed_time: null,
        notes: null,
        evidence: [],
        proof: null,
        offers: [],
        callback_at: null,
      };
      await open().saveSnapshot({ ...going, version: 2, view: { ...going.view, status: 'failed', outcome } });
      expect(await taken(claim('line-5', 'bk_b'))).toBe(true);
      // A dial that was given up long ago, and does not know it, gets no line any more.
      expect(await open().takeLine(claim('line-8', order.id))).toEqual({ taken: false, of_key: 0, over: true });
    });

    it('goes to one of many that reach for it at the same moment through two handles', async () => {
      const databaseUrl = await databases.newDatabase();
      const [left, right] = await Promise.all([openRecords({ databaseUrl }), openRecords({ databaseUrl })]);
      await Promise.all([left.migrate(), right.migrate()]);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? left : right).takeLine(claim('line-6', `bk_${i}`))),
      );
      expect(answers.filter((answer) => answer.taken)).toHaveLength(1);
      await Promise.all([left.close(), right.close()]);
    });

    it('goes to those that wait: keys in turn, within a key the oldest first, and to nobody who is over', async () => {
      const order = async (owner: string) => (await accepted(open(), orderOf(), owner)).id;
      const [holder, a1, a2, a3, b1, canceled] = [
        await order('key-a'),
        await order('key-a'),
        await order('key-a'),
        await order('key-a'),
        await order('key-b'),
        await order('key-b'),
      ];
      const line = 'line-wait';
      const ask = (id: string, after: number) => taken(claim(line, id, after));
      expect(await ask(holder, 0)).toBe(true);
      for (const [i, id] of [a1, canceled, a2, a3, b1].entries()) expect(await ask(id, i + 1)).toBe(false);
      // Asking again changes nobody's place.
      expect(await ask(a1, 9)).toBe(false);
      const going = snapshotOf(orderOf(canceled), 1);
      await open().saveSnapshot({ ...going, view: { ...going.view, status: 'canceled', outcome: canceledOutcome } });
      const pass = async (id: string) => {
        const asked_at = new Date(Date.now() + 60_000).toISOString();
        const handed = await open().releaseLine({ line_id: line, booking_id: id, asked_at });
        return handed.map(({ booking_id }) => booking_id);
      };
      expect(await pass(holder)).toEqual([a1]);
      // It holds the line already: nobody comes before it, and asking moves the end only.
      expect(await ask(b1, 20)).toBe(false);
      expect(await pass(a1)).toEqual([b1]);
      expect(await pass(b1)).toEqual([a2]);
      // With its outcome, too, a booking hands its line on.
      const final = snapshotOf(orderOf(a2), 1);
      expect(
        await open().saveSnapshot({ ...final, view: { ...final.view, status: 'canceled', outcome: canceledOutcome } }),
      ).toEqual([{ line_id: line, booking_id: a3 }]);
      expect(await pass(a3)).toEqual([]);
    });

    it('is neither taken nor waited for by a booking whose number is forbidden, under whichever hash', async () => {
      const { id } = await accepted(open());
      const asked = { phone_masked: '+54…34', booking_id: id, at: iso(NOON) };
      await open().forbidNumber({ phone_hash: 'line-f-earlier', ...asked });
      const hashes = { phone_hashes: ['line-f', 'line-f-earlier'] };
      const forbidden = { taken: false, of_key: 0, forbidden: true };
      expect(await open().takeLine({ ...claim('line-f', id), ...hashes })).toEqual(forbidden);
      expect(await taken(claim('line-f', 'bk_b'))).toBe(true);
      expect(await open().takeLine({ ...claim('line-f', id, 1), ...hashes })).toEqual(forbidden);
      const release = { line_id: 'line-f', booking_id: 'bk_b', asked_at: iso(NOON + 2_000) };
      expect(await open().releaseLine(release)).toEqual([]);
      expect(await open().allowNumber('line-f-earlier')).toBeDefined();
      expect(await taken({ ...claim('line-f', id, 2), ...hashes })).toBe(true);
    });

    it('tells how many lines its key holds', async () => {
      const [first, second] = [await accepted(open(), orderOf(), 'key-m'), await accepted(open(), orderOf(), 'key-m')];
      expect(await open().takeLine(claim('line-m1', first.id))).toEqual({ taken: true, of_key: 1 });
      expect(await open().takeLine(claim('line-m2', second.id))).toEqual({ taken: true, of_key: 2 });
    });
  });

const canceledOutcome = {
  result: 'canceled' as const,
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
