import type { BatchStatus } from '../domain/batch/statuses.ts';
import { iso } from '../domain/iso.ts';
import { lockBatch } from './batch-changes.ts';
import type { Engine } from './engine.ts';
import { emptyLog } from './erasures.ts';
import { keyHashOf } from './key-hash.ts';
import type { BatchRecords } from './ports/batches.ts';
import type { Database } from './tables.ts';

type Erasures = Pick<
  BatchRecords,
  | 'beginBatchErasure'
  | 'batchErasure'
  | 'bookingsOfBatch'
  | 'forgetBatch'
  | 'finishBatchErasure'
  | 'forgetLostBatches'
  | 'dueBatches'
>;

/** Erases batches with their rows and events. Their bookings are erased as all bookings are. */
export const batchErasures = (db: Database, engine: Engine): Erasures => ({
  async beginBatchErasure(batchId, at, mayErase) {
    return db.transaction().execute(async (trx) => {
      const row = await lockBatch(trx, batchId);
      if (!row || row.erasing === 1) return (await erasureOf(trx, batchId)) ? 'begun' : 'unknown';
      if (!mayErase(row.status as BatchStatus)) return 'unfit';
      await trx
        .insertInto('batch_erasures')
        .values({
          batch_id: batchId,
          owner: row.owner,
          key_hash: row.idempotency_key === null ? null : keyHashOf(row.owner, row.idempotency_key),
          requested_ms: Date.parse(at),
          erased_ms: null,
        })
        .onConflict((conflict) => conflict.column('batch_id').doNothing())
        .execute();
      await trx.updateTable('batches').set({ erasing: 1 }).where('id', '=', batchId).execute();
      await trx.deleteFrom('calendar_feeds').where('batch', '=', batchId).execute();
      return 'begun';
    });
  },

  batchErasure: (batchId) => erasureOf(db, batchId),

  async bookingsOfBatch(batchId, after, limit) {
    const rows = await db
      .selectFrom('batch_rows')
      .select(['position', 'booking_id'])
      .where('batch_id', '=', batchId)
      .where('booking_id', 'is not', null)
      .where('position', '>', after)
      .orderBy('position')
      .limit(limit)
      .execute();
    return rows.map(({ position, booking_id }) => ({ position, booking_id: booking_id! }));
  },

  async forgetBatch(batchId, limit) {
    const left = await db.transaction().execute(async (trx) => {
      const events = await trx
        .deleteFrom('batch_events')
        .where('batch_id', '=', batchId)
        .where('seq', 'in', (eb) =>
          eb.selectFrom('batch_events').select('seq').where('batch_id', '=', batchId).limit(limit),
        )
        .executeTakeFirst();
      const rows = await trx
        .deleteFrom('batch_rows')
        .where('batch_id', '=', batchId)
        .where('position', 'in', (eb) =>
          eb.selectFrom('batch_rows').select('position').where('batch_id', '=', batchId).limit(limit),
        )
        .executeTakeFirst();
      const deleted = Number(events.numDeletedRows) + Number(rows.numDeletedRows);
      if (deleted > 0) return true;
      await trx.deleteFrom('batches').where('id', '=', batchId).execute();
      await trx.deleteFrom('slot_gates').where('provider', '=', `batch:${batchId}`).execute();
      return false;
    });
    if (!left && engine === 'sqlite') await emptyLog(db);
    return !left;
  },

  async finishBatchErasure(batchId, at) {
    await db
      .updateTable('batch_erasures')
      .set({ erased_ms: Date.parse(at) })
      .where('batch_id', '=', batchId)
      .where('erased_ms', 'is', null)
      .execute();
  },

  async forgetLostBatches({ begun_before, limit }) {
    const rows = await db
      .deleteFrom('batches')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('batches')
          .select('id')
          .where('ready', '=', 0)
          .where('created_ms', '<', Date.parse(begun_before))
          .orderBy('created_ms')
          .limit(limit),
      )
      // A repeated request may have opened it meanwhile.
      .where('ready', '=', 0)
      .returning('id')
      .execute();
    return rows.map(({ id }) => id);
  },

  async dueBatches({ ended_before, begun_before, limit }) {
    const before = Date.parse(begun_before);
    const begun = await db
      .selectFrom('batch_erasures')
      .select('batch_id as id')
      .where('erased_ms', 'is', null)
      .where('requested_ms', '<', before)
      .orderBy('requested_ms')
      .limit(limit)
      .execute();
    const ended =
      ended_before === undefined
        ? []
        : await db
            .selectFrom('batches')
            .select('id')
            .where('erasing', '=', 0)
            .where('ended_ms', '<', Date.parse(ended_before))
            .orderBy('ended_ms')
            .limit(limit)
            .execute();
    return [...begun, ...ended].slice(0, limit).map(({ id }) => id);
  },
});

async function erasureOf(db: Database, batchId: string) {
  const row = await db.selectFrom('batch_erasures').selectAll().where('batch_id', '=', batchId).executeTakeFirst();
  return (
    row && {
      batch_id: batchId,
      owner: row.owner,
      requested_at: iso(Number(row.requested_ms)),
      erased_at: row.erased_ms === null ? null : iso(Number(row.erased_ms)),
    }
  );
}
