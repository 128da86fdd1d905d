import { type SqlBool, sql } from 'kysely';
import { gateOf, going, isFinalBatch, openRows, placesOf } from '../domain/batch/lifecycle.ts';
import type { BatchStatus } from '../domain/batch/statuses.ts';
import type { BatchEvent } from '../domain/batch/view.ts';
import { addEvents, batchIn, lockBatch, storedBatch, talliesOf } from './batch-changes.ts';
import { durably } from './durably.ts';
import type { Engine } from './engine.ts';
import { passGates, setBound } from './gates.ts';
import { keyHashOf } from './key-hash.ts';
import type { BatchChange, BatchRecords, ChangedBatch, StoredBatch } from './ports/batches.ts';
import type { Database } from './tables.ts';

type Batches = Pick<
  BatchRecords,
  | 'beginBatch'
  | 'batchOfKey'
  | 'openBatch'
  | 'isUnopened'
  | 'isCanceling'
  | 'batch'
  | 'batchesToWake'
  | 'listBatches'
  | 'changeBatch'
>;

/** Without parameters: the partial indexes match by this text. */
const SHOWN = sql<SqlBool>`ready = 1 and erasing = 0`;

/** Batches as a whole. A transaction that changes one, or a row of it, locks it first, so its counts are exact and its events in their order. */
export const batches = (db: Database, engine: Engine): Batches => ({
  async beginBatch({ id, owner, idempotency_key, body_hash, settings, accounts, at }) {
    return durably(db, engine, async (trx) => {
      const erased =
        idempotency_key !== undefined &&
        (await trx
          .selectFrom('batch_erasures')
          .select('batch_id')
          .where('key_hash', '=', keyHashOf(owner, idempotency_key))
          .limit(1)
          .executeTakeFirst());
      if (erased) return { how: 'erased', batch_id: erased.batch_id };
      const ms = Date.parse(at);
      const inserted = await trx
        .insertInto('batches')
        .values({
          id,
          owner,
          idempotency_key: idempotency_key ?? null,
          body_hash,
          accounts_json: JSON.stringify(accounts),
          settings_json: JSON.stringify(settings),
          ready: 0,
          status: 'held',
          paused_because: null,
          live_calls: null,
          last_seq: 0,
          failures_since: 0,
          completions: 0,
          created_ms: ms,
          updated_ms: ms,
          ended_ms: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (inserted) return { how: 'created', id, ready: false };
      const earlier = await trx
        .selectFrom('batches')
        .select(['id', 'body_hash', 'ready'])
        .where('owner', '=', owner)
        .where('idempotency_key', '=', idempotency_key ?? null)
        .executeTakeFirstOrThrow();
      if (earlier.body_hash !== body_hash) return { how: 'conflict', batch_id: earlier.id };
      return { how: 'repeated', id: earlier.id, ready: earlier.ready === 1 };
    });
  },

  async batchOfKey(owner, key) {
    const row = await db
      .selectFrom('batches')
      .select('id')
      .where('owner', '=', owner)
      .where('idempotency_key', '=', key)
      .executeTakeFirst();
    return row?.id;
  },

  async openBatch(batchId, at) {
    return durably(db, engine, async (trx) => {
      const opened = await trx
        .updateTable('batches')
        .set({ ready: 1 })
        .where('id', '=', batchId)
        .where('ready', '=', 0)
        .returningAll()
        .executeTakeFirst();
      if (!opened) return storedBatch(trx, await shownRow(trx, batchId));
      await trx
        .insertInto('batch_counts')
        .columns(['batch_id', 'status', 'result', 'count'])
        .expression((eb) =>
          eb
            .selectFrom('batch_rows')
            .select((row) => ['batch_id', 'status', row.val('').as('result'), row.fn.countAll<number>().as('count')])
            .where('batch_id', '=', batchId)
            .groupBy(['batch_id', 'status']),
        )
        .execute();
      const batch = (await storedBatch(trx, opened))!;
      const begins = await changed(trx, batchId, at, (it) => ({ status: firstStatus(it, Date.parse(at)) }));
      if (begins.how === 'changed') return begins.batch;
      await addEvents(trx, batchId, [{ event: statusEvent(batch, at) }], at);
      return after(batch, 1);
    });
  },

  async isUnopened(batchId) {
    const row = await db.selectFrom('batches').select('ready').where('id', '=', batchId).executeTakeFirst();
    return row?.ready === 0;
  },

  async isCanceling(batchId) {
    const row = await db.selectFrom('batches').select('status').where('id', '=', batchId).executeTakeFirst();
    return row?.status === 'canceling';
  },

  batch: async (batchId) => storedBatch(db, await shownRow(db, batchId)),

  async batchesToWake({ ended_after }) {
    const open = await db
      .selectFrom('batches')
      .select('id')
      .where(sql<SqlBool>`ended_ms is null and ready = 1 and erasing = 0`)
      .orderBy('id')
      .execute();
    const ended = await db
      .selectFrom('batches')
      .select(['id', 'settings_json'])
      // Without a parameter: the partial index matches by this text.
      .where(sql<SqlBool>`ended_ms is not null and erasing = 0`)
      .where('ended_ms', '>', Date.parse(ended_after))
      .orderBy('ended_ms')
      .execute();
    const telling = ended.filter(({ settings_json }) => 'callback_url' in JSON.parse(settings_json));
    return [...open, ...telling].map(({ id }) => id);
  },

  async listBatches({ owner, status, limit, after }) {
    const page = await db
      .selectFrom('batches')
      .select(['created_ms', 'id'])
      .where(SHOWN)
      .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
      .$if(status !== undefined, (query) => query.where('status', '=', status!))
      .$if(after !== undefined, (query) =>
        query.where(sql<SqlBool>`(created_ms, id) < (${Date.parse(after!.created_at)}, ${after!.id})`),
      )
      .orderBy('created_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    const ids = page.map(({ id }) => id);
    if (ids.length === 0) return [];
    const rows = await db.selectFrom('batches').selectAll().where('id', 'in', ids).execute();
    const found = new Map(rows.map((row) => [row.id, row]));
    const tallies = await talliesOf(db, ids);
    return ids.flatMap((id) => {
      const row = found.get(id);
      return row ? [batchIn(row, tallies(id), undefined).view] : [];
    });
  },

  changeBatch: (batchId, at, change) =>
    db.transaction().execute(async (trx) => {
      // Its places may change: all gates first, then the batch, then its own gate.
      await passGates(trx);
      return changed(trx, batchId, at, change);
    }),
});

const firstStatus = (batch: StoredBatch, now: number): BatchStatus =>
  batch.settings.start === 'held' && openRows(batch.counts) > 0 ? 'held' : going(batch, now);

const shownRow = (db: Database, batchId: string) =>
  db.selectFrom('batches').selectAll().where('id', '=', batchId).where(SHOWN).executeTakeFirst();

const statusEvent = ({ status, paused_because, counts }: StoredBatch, at: string): BatchEvent => ({
  type: 'status',
  at,
  status,
  paused_because,
  counts,
});

/** A batch after some more events. */
const after = (batch: StoredBatch, events: number): StoredBatch => ({
  ...batch,
  view: { ...batch.view, last_event_id: batch.view.last_event_id + events },
});

/** Changes a batch inside a transaction; see the port. */
export async function changed(
  trx: Database,
  batchId: string,
  at: string,
  change: (batch: StoredBatch) => BatchChange | undefined,
): Promise<ChangedBatch> {
  const row = await lockBatch(trx, batchId);
  const before = row && row.ready === 1 && row.erasing === 0 ? await storedBatch(trx, row) : undefined;
  if (!row || !before) return { how: 'unknown' };
  const wanted = change(before);
  if (!wanted) return { how: 'unfit', batch: before };
  const { settings, forgives, ...life } = wanted;
  const status = life.status ?? before.status;
  const ends = isFinalBatch(status) && !isFinalBatch(before.status);
  const reopens = !isFinalBatch(status) && isFinalBatch(before.status);
  const next = {
    ...row,
    status,
    paused_because: life.paused_because === undefined ? row.paused_because : life.paused_because,
    live_calls: life.live_calls === undefined ? row.live_calls : life.live_calls,
    settings_json: settings ? JSON.stringify(settings) : row.settings_json,
    failures_since: forgives ? row.last_seq : row.failures_since,
    completions: ends && status === 'completed' ? row.completions + 1 : row.completions,
    ended_ms: ends ? Date.parse(at) : reopens ? null : row.ended_ms,
  };
  // A look that finds nothing to do, such as the hourly one at ended batches, is no update.
  const isUpdate = (Object.keys(next) as (keyof typeof next)[]).some((name) => next[name] !== row[name]);
  if (isUpdate) next.updated_ms = Date.parse(at);
  const places = placesOf({ status, max_concurrent: (settings ?? before.settings).max_concurrent });
  // Fewer places hold at once. More of them are opened by `openGate`, which gives them to bookings that wait.
  if (places < placesOf(before.view)) await setBound(trx, gateOf(batchId), places);
  const { id: _id, last_seq: _seq, ready: _ready, erasing: _erasing, ...columns } = next;
  await trx.updateTable('batches').set(columns).where('id', '=', batchId).execute();
  const told = batchIn(next, { ...before, simulated_rows: before.view.simulated_rows }, before.first_due_ms);
  const { counts, results } = told;
  const events: BatchEvent[] =
    status !== before.status || told.paused_because !== before.paused_because ? [statusEvent(told, at)] : [];
  if (ends) events.push({ type: 'final', at, status, counts, results });
  await addEvents(
    trx,
    batchId,
    events.map((event) => ({ event })),
    at,
  );
  return { how: events.length > 0 || settings ? 'changed' : 'unchanged', batch: after(told, events.length) };
}
