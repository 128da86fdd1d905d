import { describe, expect, it } from '@jest/globals';
import { commanded, proceeded } from '../../../domain/batch/lifecycle.ts';
import { ROW_STATUSES } from '../../../domain/batch/statuses.ts';
import type { BatchEvent } from '../../../domain/batch/view.ts';
import { type Outcome, statusOf } from '../../../domain/result.ts';
import type { Records } from '../../../records/interface.ts';
import type { NewRow } from '../../../records/ports/batches.ts';
import { newBatch, openBatch, waitingRow } from '../batch-samples.ts';
import { type Databases, records } from '../databases.ts';
import { orderOf, snapshotOf } from '../samples.ts';
import { setGate } from '../set-gate.ts';

const AT = '2026-11-24T10:00:00.000Z';
const NOW = Date.parse(AT);
const LATER = '2026-11-24T12:00:00.000Z';

let made = 0;
const newId = (): string => `ba_sample${++made}`;

const outcomeOf = (result: Outcome['result']): Outcome => ({
  result,
  channel: 'native',
  simulated: false,
  confirmed_date: result === 'confirmed' ? '2026-12-01' : null,
  confirmed_time: result === 'confirmed' ? '16:00' : null,
  notes: null,
  evidence: [],
  proof: null,
  offers: [],
  callback_at: null,
});

/** Makes a row its booking, as the feeding does. */
async function booked(r: Records, id: string, n: number): Promise<string> {
  const order = { ...orderOf(), batch: { id, key: `row-${n}` } };
  await r.acceptBooking({ order, owner: 'owner' });
  await r.rowAccepted(id, n, order.id);
  return order.id;
}

let version = 0;
/** The booking's workflow writes its view. */
const told = (r: Records, bookingId: string, id: string, n: number, more: object) =>
  r.saveSnapshot(
    snapshotOf({ ...orderOf(bookingId), batch: { id, key: `row-${n}` } }, ++version, [], {
      batch: { id, key: `row-${n}` },
      ...more,
    }),
  );

const ended = (r: Records, bookingId: string, id: string, n: number, result: Outcome['result']) =>
  told(r, bookingId, id, n, { status: statusOf(result), outcome: outcomeOf(result) });

/** `total` is the sum of the others, and the same as the rows themselves say. */
async function countsOf(r: Records, id: string): Promise<Record<string, number>> {
  const { counts } = (await r.batch(id))!;
  expect(ROW_STATUSES.reduce((sum, status) => sum + counts[status], 0)).toBe(counts.total);
  const rows = await r.batchRows({ batch_id: id, limit: 10_000 });
  expect(rows).toHaveLength(counts.total);
  for (const status of ROW_STATUSES) expect(rows.filter((row) => row.status === status)).toHaveLength(counts[status]);
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

export function batches(databases: Databases): void {
  describe('batches', () => {
    const open = records(databases);

    it('are read once they are open, and repeated requests find them, also half stored ones', async () => {
      const r = open();
      const id = newId();
      const batch = newBatch(id, { idempotency_key: 'k1' });
      expect(await r.beginBatch(batch)).toEqual({ how: 'created', id, ready: false });
      await r.putRows(id, [waitingRow(1)]);
      expect(await r.batch(id)).toBeUndefined();
      expect(await r.beginBatch({ ...batch, id: newId() })).toEqual({ how: 'repeated', id, ready: false });
      await r.putRows(id, [waitingRow(1), waitingRow(2)]);
      expect((await r.openBatch(id, AT))!.view).toMatchObject({ status: 'running', counts: { total: 2, waiting: 2 } });
      expect((await r.openBatch(id, AT))!.counts.total).toBe(2);
      expect(await r.beginBatch(batch)).toEqual({ how: 'repeated', id, ready: true });
      expect(await r.beginBatch({ ...batch, body_hash: 'other' })).toEqual({ how: 'conflict', batch_id: id });
      expect(await countsOf(r, id)).toEqual({ waiting: 2, total: 2 });
    });

    it('without a row to call are completed at once; scheduled ones wait for their first row', async () => {
      const r = open();
      const nothing = await openBatch(r, newId(), [
        { position: 1, status: 'invalid', reasons: [{ code: 'missing', field: 'x', message: 'is missing' }] },
      ]);
      expect(nothing.view).toMatchObject({ status: 'completed', ended_at: AT });
      const later = await openBatch(r, newId(), [waitingRow(1, { due_ms: Date.parse(LATER) })]);
      expect(later.status).toBe('scheduled');
      expect(await r.nextTime(later.id, NOW)).toBe(Date.parse(LATER));
      expect(await r.takeRows(later.id, 10, NOW)).toEqual([]);
      expect(proceeded((await r.batch(later.id))!, Date.parse(LATER))).toEqual({ status: 'running' });
    });

    it('are as new as their last change: looking at one that has ended is none', async () => {
      const r = open();
      const { id } = await openBatch(r, newId(), 1);
      await r.changeBatch(id, LATER, (it) => proceeded(it, NOW) ?? {});
      expect((await r.batch(id))!.view.updated_at).toBe(AT);
      await r.changeBatch(id, LATER, (it) => commanded(it, 'pause', NOW));
      expect((await r.batch(id))!.view.updated_at).toBe(LATER);
    });

    it('take each row once, again after an interruption, and never twice at the same time', async () => {
      const r = open();
      const { id } = await openBatch(r, newId(), 5);
      const first = await r.takeRows(id, 2, NOW);
      expect(first.map(({ position }) => position)).toEqual([1, 2]);
      await r.rowAccepted(id, 1, await booked(r, id, 1));
      expect((await r.takeRows(id, 3, NOW)).map(({ position }) => position)).toEqual([2, 3, 4]);
      expect((await r.interruptedRows(id)).map(({ key }) => key)).toEqual(['row-2', 'row-3', 'row-4']);
      const many = await Promise.all([r.takeRows(id, 5, NOW), r.takeRows(id, 5, NOW)]);
      expect(new Set(many.flat().map(({ position }) => position))).toEqual(new Set([2, 3, 4, 5]));
    });

    it('follow their bookings exactly, with an event for each change', async () => {
      const r = open();
      const { id } = await openBatch(r, newId(), 4);
      await r.takeRows(id, 4, NOW);
      const bookings = await Promise.all([1, 2, 3, 4].map((n) => booked(r, id, n)));
      expect(await r.inLine(id)).toEqual({ ready: 4, open: 4 });
      await told(r, bookings[0]!, id, 1, { status: 'queued', waiting_for: 'hours' });
      expect(await r.inLine(id)).toEqual({ ready: 3, open: 4 });
      await Promise.all(bookings.map((booking, i) => told(r, booking, id, i + 1, {})));
      expect(await countsOf(r, id)).toEqual({ in_progress: 4, total: 4 });
      const results = ['confirmed', 'expired', 'unreachable', 'needs_review'] as const;
      await Promise.all(bookings.map((booking, i) => ended(r, booking, id, i + 1, results[i]!)));
      expect(await countsOf(r, id)).toEqual({ completed: 1, expired: 1, failed: 1, needs_review: 1, total: 4 });
      expect((await r.batch(id))!.results).toEqual({ confirmed: 1, expired: 1, unreachable: 1, needs_review: 1 });
      // The outcome never changes, and neither does the row.
      await ended(r, bookings[0]!, id, 1, 'declined');
      expect((await r.batchRow(id, 'row-1'))!).toMatchObject({
        status: 'completed',
        result: 'confirmed',
        booking_id: bookings[0],
        confirmed_date: '2026-12-01',
        confirmed_time: '16:00',
      });
      const events = await r.batchEventsAfter(id, 0, 100);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
      const rows = events.flatMap(({ event }) => (event.type === 'row' ? [event] : []));
      expect(rows).toHaveLength(8);
      for (const { counts } of rows) expect(counts.total).toBe(4);
      expect(rows.at(-1)).toMatchObject({
        key: expect.stringMatching(/^row-/),
        booking_id: expect.stringMatching(/^bk_/),
      });
      await r.changeBatch(id, AT, (it) => proceeded(it, NOW));
      expect((await r.batchEventsAfter(id, 0, 100)).slice(-2).map(({ event }) => event.type)).toEqual([
        'status',
        'final',
      ]);
    });

    it('say which of them are simulated: their results count, and no appointment exists', async () => {
      const r = open();
      const { id } = await openBatch(r, newId(), 2);
      await r.takeRows(id, 2, NOW);
      const [called, simulated] = await Promise.all([1, 2].map((n) => booked(r, id, n)));
      await ended(r, called!, id, 1, 'confirmed');
      const outcome: Outcome = { ...outcomeOf('confirmed'), channel: 'simulation', simulated: true };
      await told(r, simulated!, id, 2, { status: 'completed', outcome });
      const { view, results } = (await r.batch(id))!;
      expect([results, view.simulated_rows]).toEqual([{ confirmed: 2 }, 1]);
      const rows = await r.batchRows({ batch_id: id, limit: 10 });
      expect(rows.map((row) => [row.simulated, row.why, row.reasons.map(({ code }) => code)])).toEqual([
        [false, null, []],
        [true, 'simulated: nobody was called, and no appointment exists', ['no_appointment']],
      ]);
      expect((await r.changeBatch(id, AT, (it) => proceeded(it, NOW))) as object).toBeDefined();
      expect((await r.batch(id))!.view.simulated_rows).toBe(1);
    });

    it('find rows that missed the end of their booking', async () => {
      const r = open();
      const { id } = await openBatch(r, newId(), 1);
      await r.takeRows(id, 1, NOW);
      const order = orderOf();
      await r.acceptBooking({ order, owner: 'owner' });
      // Its views do not name the batch, so the row cannot follow them.
      await r.saveSnapshot(snapshotOf(order, 1, [], { status: 'completed', outcome: outcomeOf('confirmed') }));
      await r.rowAccepted(id, 1, order.id);
      expect(await countsOf(r, id)).toEqual({ waiting: 1, total: 1 });
      expect([await r.catchUp(id, AT), await r.catchUp(id, AT)]).toEqual([1, 0]);
      expect(await countsOf(r, id)).toEqual({ completed: 1, total: 1 });
    });

    it('add rows behind the others, once for each key, and reopen', async () => {
      const r = open();
      const { id } = await openBatch(r, newId(), 2);
      expect(await r.appendRows(id, [waitingRow(2), waitingRow(7)], AT)).toEqual({ added: 1 });
      expect(await r.appendRows(id, [waitingRow(2), waitingRow(7)], AT)).toEqual({ added: 0 });
      expect((await r.batchRows({ batch_id: id, limit: 9 })).map(({ row, key }) => [row, key])).toEqual([
        [1, 'row-1'],
        [2, 'row-2'],
        [3, 'row-7'],
      ]);
      await r.cancelUntaken(id, AT, 10);
      await r.changeBatch(id, AT, (it) => proceeded(it, NOW));
      expect((await r.batch(id))!.view).toMatchObject({ status: 'completed', ended_at: AT });
      expect(await r.appendRows(id, [waitingRow(9)], AT)).toEqual({ added: 1 });
      await r.changeBatch(id, AT, () => ({ status: 'running' }));
      expect((await r.batch(id))!.view).toMatchObject({
        status: 'running',
        ended_at: null,
        counts: { total: 4, waiting: 1 },
      });
      await r.changeBatch(id, AT, (it) => commanded(it, 'cancel', NOW));
      expect(await r.appendRows(id, [waitingRow(11)], AT)).toBeUndefined();
    });

    it('change alone: of two commands that exclude each other one fits', async () => {
      const r = open();
      const { id } = await openBatch(r, newId(), 1);
      const pause = () => r.changeBatch(id, AT, (it) => commanded(it, 'pause', NOW));
      const both = await Promise.all([pause(), pause()]);
      expect(both.map(({ how }) => how).sort()).toEqual(['changed', 'unfit']);
      const statuses = (await r.batchEventsAfter(id, 0, 9)).map(
        ({ event }) => (event as BatchEvent & { status: string }).status,
      );
      expect(statuses).toEqual(['running', 'paused']);
    });

    it('end rows whose time is over, and cancel those that are no bookings', async () => {
      const r = open();
      const { id } = await openBatch(r, newId(), [waitingRow(1, { until_ms: NOW }), waitingRow(2), waitingRow(3)]);
      await r.takeRows(id, 1, NOW - 1);
      expect(await r.expireRows(id, AT, 10)).toBe(0);
      const { id: other } = await openBatch(r, newId(), [
        waitingRow(1, { until_ms: NOW }),
        waitingRow(2),
        waitingRow(3),
      ]);
      expect(await r.expireRows(other, AT, 10)).toBe(1);
      expect(await r.cancelRow(other, 'row-2', AT)).toEqual({ how: 'canceled' });
      expect(await r.cancelRow(other, 'row-2', AT)).toEqual({ how: 'final' });
      expect(await r.cancelRow(other, 'nobody', AT)).toEqual({ how: 'unknown' });
      await r.takeRows(other, 1, NOW);
      const booked3 = await booked(r, other, 3);
      expect(await r.cancelRow(other, 'row-3', AT)).toEqual({ how: 'in_line', booking_id: booked3 });
      expect(await r.cancelsLeft(other)).toEqual([booked3]);
      expect(await countsOf(r, other)).toEqual({ expired: 1, canceled: 1, waiting: 1, total: 3 });
    });

    it('never become bookings once they have ended, however late somebody accepts them', async () => {
      const r = open();
      const { id } = await openBatch(r, newId(), 2);
      await r.takeRows(id, 2, NOW);
      expect(await r.cancelRow(id, 'row-1', AT)).toEqual({ how: 'canceled' });
      for (const key of ['row-1', 'nobody']) {
        const order = { ...orderOf(), batch: { id, key } };
        expect(await r.acceptBooking({ order, owner: 'owner' })).toEqual({ how: 'not_wanted' });
        expect(await r.booking(order.id)).toBeUndefined();
      }
      const order = { ...orderOf(), batch: { id, key: 'row-2' } };
      expect(await r.acceptBooking({ order, owner: 'owner' })).toMatchObject({ how: 'created' });
      // Its start may be lost until `rowAccepted`.
      expect((await r.interruptedRows(id)).map(({ key }) => key)).toEqual(['row-2']);
      expect(await r.cancelRow(id, 'row-2', AT)).toEqual({ how: 'in_line', booking_id: order.id });
      expect(await r.rowAccepted(id, 2, order.id)).toBe(true);
      expect(await r.interruptedRows(id)).toEqual([]);
    });

    it('tell the last rows that were tried, since failures count anew', async () => {
      const r = open();
      const { id } = await openBatch(r, newId(), 4);
      await r.takeRows(id, 4, NOW);
      const results = ['unreachable', 'confirmed', 'canceled', 'voicemail'] as const;
      for (const [i, result] of results.entries()) await ended(r, await booked(r, id, i + 1), id, i + 1, result);
      expect(await r.lastTried(id, 2)).toEqual(['failed', 'completed']);
      expect(await r.lastTried(id, 9)).toEqual(['failed', 'completed', 'failed']);
      await r.changeBatch(id, AT, () => ({ forgives: true }));
      expect(await r.lastTried(id, 9)).toEqual([]);
    });

    it('close their gate with the row that fails once too often, before its place is given on', async () => {
      const r = open();
      const id = newId();
      const stop = { stop_after_failures: { share: 0.5, of_last: 2 } };
      await openBatch(r, id, 4, stop);
      await r.takeRows(id, 4, NOW);
      const gate = `batch:${id}`;
      await setGate(r, gate, 1);
      const ids: string[] = [];
      const queue = async (n: number): Promise<boolean> => {
        const booking_id = ids[n - 1]!;
        const places = { call_id: `${booking_id}.1`, batch: id, wanted: [{ gate, count: 1 }] };
        const now = Date.now();
        const line = { line_id: `line-${booking_id}`, booking_id, now: new Date(now).toISOString() };
        return (await r.takeLine({ ...line, until: new Date(now + 600_000).toISOString(), places })).taken;
      };
      for (const n of [1, 2, 3, 4]) ids.push(await booked(r, id, n));
      expect([await queue(1), await queue(2), await queue(3), await queue(4)]).toEqual([true, false, false, false]);
      const ends = (n: number, result: Outcome['result']) => ended(r, ids[n - 1]!, id, n, result);
      const handed = (n: number) => [{ line_id: `line-${ids[n - 1]}`, booking_id: ids[n - 1] }];
      expect(await ends(1, 'unreachable')).toEqual(handed(2));
      // Written once more: it counts once.
      expect(await ends(1, 'unreachable')).toEqual([]);
      expect(await ends(2, 'confirmed')).toEqual([]);
      expect(await setGate(r, gate, 1)).toEqual(handed(3));
    });

    it('keep status, result and counts of an erased booking, and nothing of its person', async () => {
      const r = open();
      const again: NewRow = { ...waitingRow(3), phone: waitingRow(1).phone, status: 'duplicate', request: undefined };
      const { id } = await openBatch(r, newId(), [waitingRow(1), waitingRow(2), { ...again, key: 'row-1b' }]);
      await r.takeRows(id, 2, NOW);
      const bookingId = await booked(r, id, 1);
      await ended(r, bookingId, id, 1, 'confirmed');
      expect(await r.beginErasure(bookingId, { at: AT })).toBe('begun');
      const [first, , third] = await r.batchRows({ batch_id: id, limit: 9 });
      const told = JSON.stringify([first, third, await r.batchEventsAfter(id, 0, 99)]);
      expect(told).toContain('"result":"confirmed"');
      for (const trace of ['row-1', 'Ñandú 1', 'Clínica 1', '+541143210001', '2026-12-01'])
        expect(told).not.toContain(trace);
      expect(await r.batchRows({ batch_id: id, limit: 9, search: 'nandu' })).toHaveLength(1);
      expect(await countsOf(r, id)).toEqual({ completed: 1, waiting: 1, duplicate: 1, total: 3 });
      // The same row is still known: it is never called again.
      expect(await r.appendRows(id, [waitingRow(1)], AT)).toEqual({ added: 0 });
    });

    it('whose acceptance was not completed leave no trace: the same request begins anew', async () => {
      const r = open();
      const [lost, kept] = [newId(), newId()];
      const begin = (id: string, at = AT) => r.beginBatch(newBatch(id, { idempotency_key: `key-${id}`, at }));
      await begin(lost);
      await r.putRows(lost, [waitingRow(1), waitingRow(2)]);
      await begin(kept, LATER);
      await openBatch(r, newId(), 1);
      expect(await r.isUnopened(lost)).toBe(true);
      const forgotten = await r.forgetLostBatches({ begun_before: LATER, limit: 99 });
      expect([forgotten.includes(lost), forgotten.includes(kept)]).toEqual([true, false]);
      expect([await r.isUnopened(lost), await r.isUnopened(kept)]).toEqual([false, true]);
      expect(await begin(lost, LATER)).toEqual({ how: 'created', id: lost, ready: false });
      await r.putRows(lost, [waitingRow(1)]);
      expect((await r.openBatch(lost, LATER))?.counts.total).toBe(1);
    });

    it('are erased in parts, with a trace of their key', async () => {
      const r = open();
      const id = newId();
      await r.beginBatch(newBatch(id, { idempotency_key: 'erased', settings: { start: 'held' } }));
      await r.putRows(id, [waitingRow(1), waitingRow(2), waitingRow(3)]);
      await r.openBatch(id, AT);
      expect(await r.beginBatchErasure(id, AT, () => false)).toBe('unfit');
      expect(await r.beginBatchErasure(id, AT, (status) => status === 'held')).toBe('begun');
      expect(await r.batch(id)).toBeUndefined();
      expect(await r.dueBatches({ begun_before: LATER, limit: 99 })).toContain(id);
      let parts = 1;
      while (!(await r.forgetBatch(id, 1))) parts++;
      expect(parts).toBe(4);
      await r.finishBatchErasure(id, LATER);
      expect(await r.batchErasure(id)).toMatchObject({ batch_id: id, requested_at: AT, erased_at: LATER });
      expect(await r.beginBatchErasure(id, AT, () => false)).toBe('begun');
      expect(await r.beginBatch(newBatch(newId(), { idempotency_key: 'erased' }))).toEqual({
        how: 'erased',
        batch_id: id,
      });
    });
  });
}
