import { type SqlBool, sql } from 'kysely';
import { BATCH_CANCELED, NOT_AFTER, ROW_CANCELED } from '../domain/batch/reasons.ts';
import { isFinalRow, type RowStatus } from '../domain/batch/statuses.ts';
import { childKeyOf } from '../domain/parent.ts';
import { IN_LINE, lockBatch, recount, rowKeyHash, UNTAKEN } from './batch-changes.ts';
import { follow, type RowEnd, talliedOf, tellRows, whyColumns } from './batch-follow.ts';
import { lastTriedIn } from './batch-stop.ts';
import { viewIn } from './booking-rows.ts';
import type { BatchRecords, TakenRow } from './ports/batches.ts';
import type { Database } from './tables.ts';

type Line = Pick<
  BatchRecords,
  | 'takeRows'
  | 'rowAccepted'
  | 'rowRefused'
  | 'expireRows'
  | 'cancelUntaken'
  | 'cancelRow'
  | 'inLine'
  | 'nextTime'
  | 'openRowsOf'
  | 'interruptedRows'
  | 'bookingOfRow'
  | 'cancelsLeft'
  | 'catchUp'
  | 'lastTried'
>;

/** Rows of a batch with what they count as. */
const countedRows = (trx: Database, batchId: string) =>
  trx.selectFrom('batch_rows').select(['position', 'status', 'result']).where('batch_id', '=', batchId);

/** How rows become bookings, and how they end. A transaction that takes, ends or cancels rows locks their batch first. */
export const batchLine = (db: Database): Line => ({
  async takeRows(batchId, limit, now) {
    return db.transaction().execute(async (trx) => {
      await lockBatch(trx, batchId);
      const interrupted = await interruptedIn(trx, batchId, limit);
      const due = await trx
        .selectFrom('batch_rows')
        .select(['position', 'key', 'request_json'])
        .where('batch_id', '=', batchId)
        .where(UNTAKEN)
        .where('due_ms', '<=', now)
        .orderBy('due_ms')
        .orderBy('position')
        .limit(Math.max(0, limit - interrupted.length))
        .execute();
      const positions = due.map(({ position }) => position);
      if (positions.length > 0) {
        await trx
          .updateTable('batch_rows')
          .set({ taken: 1 })
          .where('batch_id', '=', batchId)
          .where('position', 'in', positions)
          .execute();
      }
      return [...interrupted, ...due].flatMap(takenRow);
    });
  },

  async rowAccepted(batchId, position, bookingId) {
    const row = await db
      .updateTable('batch_rows')
      .set({ booking_id: bookingId, request_json: null })
      .where('batch_id', '=', batchId)
      .where('position', '=', position)
      .returning(['cancel_requested', 'status'])
      .executeTakeFirst();
    return row !== undefined && (row.cancel_requested === 1 || isFinalRow(row.status as RowStatus));
  },

  async rowRefused(batchId, position, end, at) {
    await db.transaction().execute(async (trx) => {
      await lockBatch(trx, batchId);
      const rows = await countedRows(trx, batchId)
        .where('position', '=', position)
        .where('booking_id', 'is', null)
        .where('status', '=', 'waiting')
        .execute();
      await endRows(trx, batchId, rows, end, at);
    });
  },

  expireRows: (batchId, at, limit) =>
    db.transaction().execute(async (trx) => {
      await lockBatch(trx, batchId);
      const rows = await countedRows(trx, batchId)
        .where(UNTAKEN)
        .where('until_ms', '<=', Date.parse(at))
        .limit(limit)
        .execute();
      return endRows(trx, batchId, rows, { status: 'expired', result: 'expired', reasons: [NOT_AFTER] }, at);
    }),

  cancelUntaken: (batchId, at, limit) =>
    db.transaction().execute(async (trx) => {
      await lockBatch(trx, batchId);
      const rows = await countedRows(trx, batchId).where(UNTAKEN).limit(limit).execute();
      const end = { status: 'canceled', result: 'canceled', reasons: [BATCH_CANCELED] } as const;
      return endRows(trx, batchId, rows, end, at);
    }),

  async cancelRow(batchId, key, at) {
    return db.transaction().execute(async (trx) => {
      await lockBatch(trx, batchId);
      const row = await trx
        .updateTable('batch_rows')
        .set({ cancel_requested: 1 })
        .where('batch_id', '=', batchId)
        .where('key_hash', '=', rowKeyHash(batchId, key))
        .returning(['position', 'status', 'result', 'booking_id'])
        .executeTakeFirst();
      if (!row) return { how: await hasUncallable(trx, batchId, key) };
      if (isFinalRow(row.status as RowStatus)) return { how: 'final' };
      // A row that is about to become a booking will not: its acceptance finds it ended.
      if (row.booking_id !== null) return { how: 'in_line', booking_id: row.booking_id };
      const end = { status: 'canceled', result: 'canceled', reasons: [ROW_CANCELED] } as const;
      await endRows(trx, batchId, [row], end, at);
      return { how: 'canceled' };
    });
  },

  async inLine(batchId) {
    const row = await db
      .selectFrom('batch_rows')
      .select((eb) => [
        eb.fn.countAll<number | string>().as('open'),
        sql<number | string | null>`sum(case when status = 'waiting' and waits = 0 then 1 else 0 end)`.as('ready'),
      ])
      .where('batch_id', '=', batchId)
      .where(IN_LINE)
      .where('booking_id', 'is not', null)
      .executeTakeFirstOrThrow();
    return { ready: Number(row.ready ?? 0), open: Number(row.open) };
  },

  async nextTime(batchId, now) {
    const next = (column: 'due_ms' | 'until_ms', after: number) =>
      db
        .selectFrom('batch_rows')
        .select(`${column} as at`)
        .where('batch_id', '=', batchId)
        .where(UNTAKEN)
        .where(column, '>', after)
        .orderBy(column)
        .limit(1)
        .executeTakeFirst();
    const times = [await next('due_ms', now), await next('until_ms', 0)].flatMap((row) =>
      row ? [Number(row.at)] : [],
    );
    return times.length === 0 ? undefined : Math.min(...times);
  },

  openRowsOf: (batchId, after, limit) =>
    db
      .selectFrom('batch_rows')
      .select(['position', 'booking_id', 'key'])
      .where('batch_id', '=', batchId)
      .where(IN_LINE)
      .where('position', '>', after)
      .orderBy('position')
      .limit(limit)
      .execute(),

  async interruptedRows(batchId) {
    return (await interruptedIn(db, batchId, MANY)).flatMap(takenRow);
  },

  async bookingOfRow(owner, batchId, key) {
    const row = await db
      .selectFrom('bookings')
      .select('id')
      .where('owner', '=', owner)
      .where('idempotency_key', '=', childKeyOf({ batch: { id: batchId, key } }))
      .executeTakeFirst();
    return row?.id;
  },

  async cancelsLeft(batchId) {
    const rows = await db
      .selectFrom('batch_rows')
      .select('booking_id')
      .where('batch_id', '=', batchId)
      .where(IN_LINE)
      .where('cancel_requested', '=', 1)
      .execute();
    return rows.flatMap(({ booking_id }) => (booking_id === null ? [] : [booking_id]));
  },

  async catchUp(batchId) {
    const missed = await db
      .selectFrom('batch_rows')
      .innerJoin('bookings', 'bookings.id', 'batch_rows.booking_id')
      .select(['view_json', 'review_json', 'key_hash'])
      .where('batch_rows.batch_id', '=', batchId)
      .where(sql<SqlBool>`batch_rows.taken = 1 and batch_rows.ended_seq is null`)
      .where('bookings.final_ms', 'is not', null)
      .execute();
    for (const row of missed) {
      await db.transaction().execute((trx) => follow(trx, batchId, row.key_hash ?? '', viewIn(row)));
    }
    return missed.length;
  },

  lastTried: (batchId, limit) => lastTriedIn(db, batchId, limit),
});

const MANY = 10_000;

const interruptedIn = (db: Database, batchId: string, limit: number) =>
  db
    .selectFrom('batch_rows')
    .select(['position', 'key', 'request_json'])
    .where('batch_id', '=', batchId)
    .where(IN_LINE)
    .where('request_json', 'is not', null)
    .orderBy('position')
    .limit(limit)
    .execute();

/** A row that holds its key to no call: final from the start. */
async function hasUncallable(trx: Database, batchId: string, key: string): Promise<'final' | 'unknown'> {
  const row = await trx
    .selectFrom('batch_rows')
    .select('position')
    .where('batch_id', '=', batchId)
    .where('key', '=', key)
    .limit(1)
    .executeTakeFirst();
  return row ? 'final' : 'unknown';
}

const takenRow = (row: { position: number; key: string | null; request_json: string | null }): TakenRow[] =>
  row.key === null || row.request_json === null
    ? []
    : [{ position: row.position, key: row.key, request: JSON.parse(row.request_json) as TakenRow['request'] }];

/** Ends rows of a locked batch that are no bookings. */
async function endRows(
  trx: Database,
  batchId: string,
  rows: readonly { position: number; status: string; result: string | null }[],
  end: RowEnd,
  at: string,
): Promise<number> {
  if (rows.length === 0) return 0;
  const { last_seq } = (await lockBatch(trx, batchId))!;
  await trx
    .updateTable('batch_rows')
    .set({
      ...{ status: end.status, result: end.result, ...whyColumns(end.reasons) },
      ...{ request_json: null, ended_seq: last_seq + 1 },
    })
    .where('batch_id', '=', batchId)
    .where(
      'position',
      'in',
      rows.map(({ position }) => position),
    )
    .execute();
  const moves = rows.map((row) => ({ from: talliedOf(row), to: { status: end.status, result: end.result } }));
  await recount(trx, batchId, moves);
  await tellRows(
    trx,
    batchId,
    rows.map(({ position }) => ({ position, ...end })),
    at,
  );
  return rows.length;
}
