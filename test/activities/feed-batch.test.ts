import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChildAccepted, ChildRequest } from '../../accepting/accept.ts';
import type { BatchTurn } from '../../activities/batch-interface.ts';
import { createActivities } from '../../activities/index.ts';
import { commanded } from '../../domain/batch/lifecycle.ts';
import { iso } from '../../domain/iso.ts';
import type { BookingOrder } from '../../domain/order.ts';
import { type Outcome, statusOf } from '../../domain/result.ts';
import type { BookingView } from '../../domain/view.ts';
import type { NewRow } from '../../records/ports/batches.ts';
import { newBatch, waitingRow } from '../records/batch-samples.ts';
import { attemptOf, newId, orderOf, viewOf } from '../records/samples.ts';
import { ACCOUNTS, environment, START, type World, world } from './world.ts';

const ID = 'ba_fed';

let here: World;
let orders: Map<string, BookingOrder>;
let canceled: string[];
let gates: number[];
/** How the next acceptance ends, if not with a booking. */
let refusal: ChildAccepted | undefined;
/** The process ends after the booking is stored, and before its row knows. */
let dies: boolean;

async function accept({ parent }: ChildRequest): Promise<ChildAccepted> {
  if (refusal) return refusal;
  const batch = parent && 'batch' in parent ? parent.batch : { id: '', key: '' };
  const known = orders.get(batch.key);
  const order = known ?? { ...orderOf(newId(), iso(START)), batch };
  if (!known) {
    await here.deps.records.acceptBooking({
      order,
      owner: 'owner',
      idempotency: { key: `batch\n${batch.id}\n${batch.key}`, body_hash: 'x' },
    });
    await here.deps.records.markStarted(order.id);
  }
  orders.set(batch.key, order);
  if (dies) throw new Error('the process ended');
  return { how: known ? 'repeated' : 'created', order, view: viewOf(order) };
}

beforeEach(async () => {
  orders = new Map();
  canceled = [];
  gates = [];
  refusal = undefined;
  dies = false;
  here = await world({
    children: {
      accept,
      async cancel(id) {
        canceled.push(id);
        return { answer: 'accepted' };
      },
    },
  });
  const { records } = here.deps;
  here.deps.records = {
    ...records,
    async openGate(batchId) {
      const opened = await records.openGate(batchId);
      if (batchId === ID && opened) gates.push(opened.places);
      return opened;
    },
  };
});
afterEach(() => here.end());

async function open(rows: number | NewRow[], settings: Parameters<typeof newBatch>[1] = {}): Promise<void> {
  const { records } = here.deps;
  await records.beginBatch(newBatch(ID, { accounts: ACCOUNTS, at: iso(START), ...settings }));
  const all = typeof rows === 'number' ? Array.from({ length: rows }, (_, i) => waitingRow(i + 1)) : rows;
  await records.putRows(ID, all);
  await records.openBatch(ID, iso(START));
}

const feed = (thorough = false): Promise<BatchTurn> => {
  const { feedBatch } = createActivities(here.deps);
  return environment({}).run(feedBatch as (given: unknown) => Promise<BatchTurn>, { batch_id: ID, thorough });
};
const status = async () => (await here.deps.records.batch(ID))!.view;
const rows = () => here.deps.records.batchRows({ batch_id: ID, limit: 1_000 });
const command = (name: 'pause' | 'resume' | 'cancel', how: Parameters<typeof commanded>[3] = {}) =>
  here.deps.records.changeBatch(ID, iso(START), (it) => commanded(it, name, START, how));

let version = 0;
/** The booking's workflow writes its view. */
async function told(n: number, more: Partial<BookingView>): Promise<void> {
  const order = orders.get(`row-${n}`)!;
  await here.deps.records.saveSnapshot({
    version: ++version,
    view: { ...viewOf(order), batch: order.batch, ...more },
    events: [],
  });
}
const ends = (n: number, result: Outcome['result']): Promise<void> =>
  told(n, {
    status: statusOf(result),
    outcome: {
      result,
      channel: 'native',
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

/** The place that a call of this row takes. */
const placeOf = (n: number) => {
  const { id: booking_id } = orders.get(`row-${n}`)!;
  const wanted = [{ gate: `batch:${ID}`, count: 1 }];
  return { call_id: `${booking_id}.1`, booking_id, wanted, now: iso(START), until: iso(START + 60_000) };
};

describe('a turn of a batch', () => {
  it('books some rows ahead, and more as these are called; it opens the gate first', async () => {
    await open(100);
    expect(await feed(true)).toEqual({ over: false });
    expect([orders.size, gates]).toEqual([30, [5]]);
    await feed();
    expect(orders.size).toBe(30);
    for (const n of [1, 2, 3]) await told(n, {});
    await feed();
    expect(orders.size).toBe(33);
    // A booking that waits for its hours leaves its place to the next row.
    for (const n of [4, 5]) await told(n, { status: 'queued', waiting_for: 'hours' });
    await feed();
    expect(orders.size).toBe(35);
  });

  it('books each row once, whenever the process ends', async () => {
    await open(3);
    dies = true;
    await expect(feed(true)).rejects.toThrow('the process ended');
    expect(await here.deps.records.interruptedRows(ID)).toHaveLength(3);
    dies = false;
    await feed(true);
    const booked = (await rows()).map(({ booking_id }) => booking_id);
    expect(booked).toEqual(['row-1', 'row-2', 'row-3'].map((key) => orders.get(key)!.id));
    const { records } = here.deps;
    expect(await records.listBookings({ owner: 'owner', parent: { batch: ID }, limit: 10 })).toHaveLength(3);
  });

  it('completes once every row is final, and tells the client if it wants that', async () => {
    await open(2, { settings: { callback_url: 'https://client.example/batches' } });
    await feed(true);
    await ends(1, 'confirmed');
    expect(await feed()).toEqual({ over: false });
    await ends(2, 'unreachable');
    expect(await feed()).toEqual({ over: true, completed: 1 });
    expect(await status()).toMatchObject({ status: 'completed', counts: { total: 2, completed: 1, failed: 1 } });
    expect(await feed(true)).toEqual({ over: true, completed: 1 });
  });

  it('books nothing while it is paused, and goes on after that', async () => {
    await open(40);
    await feed(true);
    await command('pause');
    for (const n of [1, 2, 3, 4]) await ends(n, 'confirmed');
    await feed(true);
    expect([orders.size, gates.at(-1)]).toEqual([30, 0]);
    await command('resume');
    await feed(true);
    expect([orders.size, gates.at(-1)]).toEqual([34, 5]);
  });

  it('pauses when too many of the last rows failed, and counts anew after a resume', async () => {
    await open(20, { settings: { stop_after_failures: { share: 0.5, of_last: 4 } } });
    expect(await feed(true)).toEqual({ over: false, eager: true });
    for (const [i, result] of (['confirmed', 'unreachable', 'voicemail'] as const).entries()) await ends(i + 1, result);
    await feed();
    expect((await status()).status).toBe('running');
    await ends(4, 'confirmed');
    await feed();
    expect(await status()).toMatchObject({ status: 'paused', paused_because: 'failures' });
    expect(await here.deps.records.takeSlots(placeOf(5))).toBe(`batch:${ID}`);
    await here.deps.records.changeBatch(ID, iso(START), (it) => ({
      ...commanded(it, 'resume', START),
      forgives: true,
    }));
    await ends(5, 'unreachable');
    await feed(true);
    expect((await status()).status).toBe('running');
  });

  it('canceled with finish spares live calls until they end, and cancels all others', async () => {
    await open(40);
    await feed(true);
    const live = orders.get('row-1')!.id;
    await told(1, { attempts: [attemptOf(live, 1, { status: 'ringing' })] });
    await command('cancel', { live_calls: 'finish' });
    const turn = await feed(true);
    expect(turn.over).toBe(false);
    expect(Date.parse(turn.next_at!) - START).toBe(60_000);
    expect(canceled).toHaveLength(29);
    expect(canceled).not.toContain(live);
    expect((await status()).counts).toMatchObject({ canceled: 10, in_progress: 1, total: 40 });
    // Busy: it would be dialed again, and nobody does that now.
    await told(1, { attempts: [attemptOf(live, 1, { status: 'busy', ended_at: iso(START) })] });
    await feed();
    expect(canceled).toContain(live);
    for (let n = 1; n <= 30; n++) await ends(n, n === 1 ? 'unreachable' : 'canceled');
    expect(await feed()).toEqual({ over: true });
    expect(await status()).toMatchObject({ status: 'canceled', counts: { total: 40, canceled: 39, failed: 1 } });
  });

  it('canceled is woken when a spared call ends without a result, and by nothing before', async () => {
    await open(2);
    await feed(true);
    const heard: [string, string][] = [];
    here.deps.childEnded = async (...ids) => void heard.push(ids);
    const order = orders.get('row-1')!;
    const write = async (more: Partial<BookingView>): Promise<unknown> => {
      const view = { ...viewOf(order), batch: order.batch, ...more };
      const snapshot = { version: ++version, view, events: [] };
      return environment({}).run(
        createActivities(here.deps).saveSnapshot as (given: unknown) => Promise<void>,
        snapshot,
      );
    };
    const ringing = attemptOf(order.id, 1, { status: 'ringing' });
    const busy = attemptOf(order.id, 1, { status: 'busy', ended_at: iso(START) });
    await write({ attempts: [busy] });
    await command('cancel', { live_calls: 'finish' });
    await write({ attempts: [ringing] });
    await write({});
    expect(heard).toEqual([]);
    await write({ attempts: [busy] });
    expect(heard).toEqual([[ID, order.id]]);
    await write({ attempts: [busy], cancel_requested: true });
    expect(heard).toHaveLength(1);
  });

  it('canceled tells its client, if it wants that', async () => {
    await open(1, { settings: { callback_url: 'https://client.example/batches' } });
    await command('cancel');
    expect(await feed(true)).toEqual({ over: true, canceled: true });
  });

  it('waits while its rows are being stored', async () => {
    await here.deps.records.beginBatch(newBatch(ID, { accounts: ACCOUNTS, at: iso(START) }));
    expect(await feed(true)).toEqual({ over: false, next_at: iso(START + 5_000) });
    await here.deps.records.openBatch(ID, iso(START));
    expect(await feed()).toEqual({ over: true });
  });

  it('tells its bookings a changed not_after, each with the row’s own earlier one, also when it ended in between', async () => {
    const day = (n: number): string => iso(START + n * 86_400_000);
    const local = (n: number): string => day(n).slice(0, 16);
    await open([waitingRow(1), waitingRow(2, { own_not_after: day(2) }), waitingRow(3, { own_not_after: day(9) })]);
    await feed(true);
    const { records } = here.deps;
    const told: Record<string, string | undefined> = {};
    let away = true;
    here.deps.batches = {
      wake: async () => undefined,
      erase: async () => undefined,
      async retime(bookingId, not_after) {
        if (away) throw new Error('Temporal is away');
        told[bookingId] = not_after;
      },
    };
    const patch = async (not_after: string): Promise<void> => {
      await records.changeBatch(ID, iso(START), ({ settings }) => ({ settings: { ...settings, not_after } }));
      await records.retimeRows(ID, (request) => ({ request, until_ms: undefined }));
    };
    await patch(local(5));
    await expect(feed(true)).rejects.toThrow('Temporal is away');
    away = false;
    await feed(true);
    const idOf = (n: number): string => orders.get(`row-${n}`)!.id;
    // A local time counts in the zone of the business, three hours behind UTC.
    const ofBatch = iso(START + 5 * 86_400_000 + 3 * 3_600_000);
    expect(told).toEqual({ [idOf(1)]: ofBatch, [idOf(2)]: day(2), [idOf(3)]: ofBatch });
    for (const [id, not_after] of Object.entries(told))
      expect((await records.booking(id))!.order.not_after).toBe(not_after);
    await ends(1, 'confirmed');
    await patch(day(12));
    await feed(true);
    expect(told).toEqual({ [idOf(1)]: ofBatch, [idOf(2)]: day(2), [idOf(3)]: day(9) });
    for (const id of Object.keys(told)) delete told[id];
    await feed(true);
    expect(told).toEqual({});
  });

  it('canceled with hang_up cancels live calls, too', async () => {
    await open(1);
    await feed(true);
    const live = orders.get('row-1')!.id;
    await told(1, { attempts: [attemptOf(live, 1, { status: 'in_progress' })] });
    await command('cancel', { live_calls: 'hang_up' });
    await feed(true);
    expect(canceled).toEqual([live]);
  });

  it('canceled after an interruption leaves no booking behind that nobody knows of', async () => {
    await open(2);
    dies = true;
    await expect(feed(true)).rejects.toThrow('the process ended');
    orders.delete('row-2');
    dies = false;
    await command('cancel');
    await feed(true);
    expect(canceled).toContain(orders.get('row-1')!.id);
  });

  it('ends rows that cannot be booked any more, with the reason', async () => {
    await open([waitingRow(1, { until_ms: START }), waitingRow(2)]);
    refusal = { how: 'refused', fields: [{ field: 'request.acceptable.dates.0.to', message: 'is past' }] };
    expect(await feed(true)).toEqual({ over: true });
    expect((await rows()).map(({ status: is, result, why }) => [is, result, why])).toEqual([
      ['expired', 'expired', 'its not_after came before its turn'],
      ['invalid', null, 'request.acceptable.dates.0.to is past'],
    ]);
  });

  it('waits for the first time of its rows, and not longer', async () => {
    await open([waitingRow(1, { due_ms: START + 60_000, until_ms: START + 90_000 })]);
    expect((await status()).status).toBe('scheduled');
    expect(await feed(true)).toEqual({ over: false, next_at: iso(START + 60_000) });
    await here.clock.sleep(60_000);
    await feed();
    expect([orders.size, (await status()).status]).toEqual([1, 'running']);
  });

  it('does nothing for a batch of other accounts', async () => {
    await open(2, { accounts: { ...ACCOUNTS, elevenlabs: 'agent_2' } });
    expect(await feed(true)).toMatchObject({ over: false, next_at: expect.any(String) });
    expect([orders.size, gates]).toEqual([0, []]);
  });

  it('looks again at a batch that is opened between two reads', async () => {
    await open(1);
    const { records } = here.deps;
    let reads = 0;
    here.deps.records = { ...records, batch: async (id) => (reads++ === 0 ? undefined : records.batch(id)) };
    expect(await feed(true)).toEqual({ over: false, next_at: iso(START) });
    await feed(true);
    expect(orders.size).toBe(1);
  });

  it('does not book a row whose cancellation came while it was about to become a booking', async () => {
    await open(2);
    const { records } = here.deps;
    const taken = await records.takeRows(ID, 2, START);
    expect(await records.cancelRow(ID, 'row-1', iso(START))).toEqual({ how: 'canceled' });
    // The batch is canceled too, in another process, while this one is slow.
    await command('cancel');
    await feed(true);
    for (const { key } of taken) {
      const order = { ...orderOf(newId(), iso(START)), batch: { id: ID, key } };
      expect(await records.acceptBooking({ order, owner: 'owner' })).toEqual({ how: 'not_wanted' });
    }
    expect((await rows()).map(({ status: is, booking_id }) => [is, booking_id])).toEqual([
      ['canceled', null],
      ['canceled', null],
    ]);
  });

  it('cancels a booking of an earlier build whose row has ended meanwhile', async () => {
    await open(1);
    const { records } = here.deps;
    await records.takeRows(ID, 1, START);
    await records.cancelRow(ID, 'row-1', iso(START));
    expect(await records.rowAccepted(ID, 1, 'bk_earlier')).toBe(true);
  });

  it('closes the gate with the pause itself, and a slow turn does not open it again', async () => {
    await open(1);
    await feed(true);
    const { records } = here.deps;
    const place = placeOf(1);
    await command('pause');
    expect(await records.takeSlots(place)).toBe(`batch:${ID}`);
    await records.openGate(ID);
    expect(await records.takeSlots(place)).toBe(`batch:${ID}`);
    await command('resume');
    expect(await records.takeSlots(place)).toBe(`batch:${ID}`);
    await feed(true);
    expect(await records.takeSlots(place)).toBeUndefined();
  });
});
