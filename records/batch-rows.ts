import { type SqlBool, sql } from 'kysely';
import { fits } from '../domain/batch/lifecycle.ts';
import { type RowReason, reasonOfStatus, reasonOfWords } from '../domain/batch/reasons.ts';
import { whyOf } from '../domain/batch/report.ts';
import type { RowStatus } from '../domain/batch/statuses.ts';
import type { BatchEvent, BatchRowView } from '../domain/batch/view.ts';
import type { Result } from '../domain/result.ts';
import { searchText } from '../domain/search-text.ts';
import { AT_ONCE, lockBatch, recount, rowKeyHash } from './batch-changes.ts';
import { whyColumns } from './batch-follow.ts';
import type { BatchRecords, NewRow } from './ports/batches.ts';
import type { Database } from './tables.ts';

type Rows = Pick<BatchRecords, 'putRows' | 'appendRows' | 'batchRows' | 'batchRow' | 'batchEventsAfter' | 'knownRows'>;

/** The rows of batches as clients see them. */
export const batchRows = (db: Database): Rows => ({
  async putRows(batchId, rows) {
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const some = rows.slice(from, from + AT_ONCE).map((row) => columnsOf(batchId, row));
      await db
        .insertInto('batch_rows')
        .values(some)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  },

  async appendRows(batchId, rows, at) {
    let added = 0;
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const some = rows.slice(from, from + AT_ONCE);
      const more = await db.transaction().execute((trx) => append(trx, batchId, some, at));
      if (more === undefined) return undefined;
      added += more;
    }
    return { added };
  },

  async batchRows({ batch_id, status, search, limit, after = 0 }) {
    const wanted = search === undefined ? '' : searchText(search);
    const rows = await db
      .selectFrom('batch_rows')
      .select(SHOWN_COLUMNS)
      .where('batch_id', '=', batch_id)
      .where('position', '>', after)
      .$if(status !== undefined, (query) => query.where('status', '=', status!))
      .$if(wanted !== '', (query) => query.where(sql<SqlBool>`search_text like ${`%${escaped(wanted)}%`} escape '\\'`))
      .orderBy('position')
      .limit(limit)
      .execute();
    return rows.map(viewOf);
  },

  async batchRow(batchId, key) {
    const row = await db
      .selectFrom('batch_rows')
      .select(SHOWN_COLUMNS)
      .where('batch_id', '=', batchId)
      .where('key_hash', '=', rowKeyHash(batchId, key))
      .executeTakeFirst();
    return row && viewOf(row);
  },

  async batchEventsAfter(batchId, seq, limit) {
    const rows = await db
      .selectFrom('batch_events')
      .leftJoin('batch_rows', (join) =>
        join
          .onRef('batch_rows.batch_id', '=', 'batch_events.batch_id')
          .onRef('batch_rows.position', '=', 'batch_events.position'),
      )
      .select(['seq', 'event_json', 'key', 'booking_id'])
      .where('batch_events.batch_id', '=', batchId)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .execute();
    return rows.map(({ seq, event_json, key, booking_id }) => {
      const event = JSON.parse(event_json) as BatchEvent;
      return { seq, event: event.type === 'row' ? { ...event, key, booking_id } : event };
    });
  },

  async knownRows(batchId) {
    const rows = await db
      .selectFrom('batch_rows')
      .select(['key_hash', 'key', 'phone'])
      .where('batch_id', '=', batchId)
      .where('key_hash', 'is not', null)
      .execute();
    const uncalled = await db
      .selectFrom('batch_rows')
      .select(['key', 'phone'])
      .where('batch_id', '=', batchId)
      .where('key_hash', 'is', null)
      .where('key', 'is not', null)
      .execute();
    return {
      uncalled: uncalled.map(({ key, phone }) => ({ key: key!, phone })),
      key_hashes: new Set(rows.map(({ key_hash }) => key_hash!)),
      keys: rows.flatMap(({ key }) => (key === null ? [] : [key])),
      numbers: rows.flatMap(({ phone }) => (phone === null ? [] : [phone])),
    };
  },
});

/** Rows that were not there yet get the positions behind the last one. */
async function append(
  trx: Database,
  batchId: string,
  rows: readonly NewRow[],
  at: string,
): Promise<number | undefined> {
  const batch = await lockBatch(trx, batchId);
  if (!batch || !fits('append', batch.status as never)) return undefined;
  const hashes = rows.flatMap(({ key, status }) =>
    key !== undefined && status === 'waiting' ? [rowKeyHash(batchId, key)] : [],
  );
  const there =
    hashes.length === 0
      ? []
      : await trx
          .selectFrom('batch_rows')
          .select('key_hash')
          .where('batch_id', '=', batchId)
          .where('key_hash', 'in', hashes)
          .execute();
  const known = new Set(there.map(({ key_hash }) => key_hash));
  const last = await trx
    .selectFrom('batch_rows')
    .select('position')
    .where('batch_id', '=', batchId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  let position = last?.position ?? 0;
  const added = rows
    .map((row) => columnsOf(batchId, row))
    .filter(({ key_hash }) => key_hash === null || !known.has(key_hash))
    .map((row) => ({ ...row, position: ++position }));
  if (added.length === 0) return 0;
  await trx.insertInto('batch_rows').values(added).execute();
  await recount(
    trx,
    batchId,
    added.map(({ status }) => ({ to: { status: status as RowStatus, result: null } })),
  );
  await trx
    .updateTable('batches')
    .set({ updated_ms: Date.parse(at) })
    .where('id', '=', batchId)
    .execute();
  return added.length;
}

/** Only a row that waits holds its key: an invalid one may be sent again, corrected. */
function columnsOf(batchId: string, row: NewRow) {
  const { position, line, key, phone, status, reasons = [], request, due_ms, until_ms, own_not_after } = row;
  const business_name = request?.business.name ?? null;
  const user_name = request?.request.user_name ?? null;
  return {
    batch_id: batchId,
    position,
    key_hash: key !== undefined && status === 'waiting' ? rowKeyHash(batchId, key) : null,
    key: key ?? null,
    line: line ?? null,
    phone: phone ?? null,
    business_name,
    user_name,
    search_text: searchText([key, phone, business_name, user_name].filter(Boolean).join(' ').slice(0, 2_000)),
    status,
    ...whyColumns(reasons),
    result: null,
    confirmed_date: null,
    confirmed_time: null,
    booking_id: null,
    request_json: status === 'waiting' && request ? JSON.stringify(request) : null,
    taken: 0,
    cancel_requested: 0,
    waits: 0,
    due_ms: due_ms ?? 0,
    until_ms: until_ms ?? null,
    own_not_after: own_not_after ?? null,
    ended_seq: null,
  };
}

const SHOWN_COLUMNS = [
  'position',
  'line',
  'key',
  'phone',
  'business_name',
  'user_name',
  'status',
  'result',
  'why',
  'reasons_json',
  'simulated',
  'booking_id',
  'confirmed_date',
  'confirmed_time',
] as const;

const viewOf = ({
  position,
  status,
  result,
  simulated,
  reasons_json,
  ...row
}: Omit<BatchRowView, 'row' | 'status' | 'result' | 'simulated' | 'reasons'> & {
  position: number;
  status: string;
  result: string | null;
  simulated: number;
  reasons_json: string | null;
}): BatchRowView => {
  const known = { status: status as RowStatus, result: result as Result | null, simulated: simulated === 1 };
  const shown = { ...row, row: position, ...known };
  return { ...shown, why: whyOf(shown) || null, reasons: reasonsOf(shown, reasons_json) };
};

function reasonsOf({ status, result, why }: Pick<BatchRowView, 'status' | 'result' | 'why'>, json: string | null) {
  if (json !== null) return JSON.parse(json) as RowReason[];
  if (why !== null) return [reasonOfWords(why)];
  const reason = status === 'failed' && result ? undefined : reasonOfStatus(status);
  return reason ? [reason] : [];
}

const escaped = (text: string): string => text.replace(/[\\%_]/g, (found) => `\\${found}`);
