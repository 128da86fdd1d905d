import { createHash } from 'node:crypto';
import { type Selectable, type SqlBool, sql } from 'kysely';
import type { Accounts } from '../domain/accounts.ts';
import {
  type BatchStatus,
  countsOfGroups,
  type PauseReason,
  type RowCounts,
  type RowStatus,
} from '../domain/batch/statuses.ts';
import type { BatchEvent, LiveCalls, RowResults } from '../domain/batch/view.ts';
import { iso } from '../domain/iso.ts';
import type { Result } from '../domain/result.ts';
import type { BatchSettings } from '../domain/schemas/batch.ts';
import type { BatchesTable } from './batch-tables.ts';
import type { StoredBatch } from './ports/batches.ts';
import type { Database } from './tables.ts';

/** Rows that are no bookings, and were not taken to become one. Without parameters: the partial indexes match by this text. */
export const UNTAKEN = sql<SqlBool>`taken = 0 and status = 'waiting'`;

/** Rows that are bookings, or may be, and are not final. Without parameters: the partial index matches by this text. */
export const IN_LINE = sql<SqlBool>`taken = 1 and ended_seq is null`;

/** Rows of one statement: SQLite and PostgreSQL bound the number of parameters. */
export const AT_ONCE = 200;

/** Identifies a row in its batch, also after its key was erased. */
export const rowKeyHash = (batchId: string, key: string): string =>
  createHash('sha256').update(`row\0${batchId}\0${key}`).digest('hex');

/** Locks a batch until the transaction ends. Undefined: there is none. */
export const lockBatch = (trx: Database, batchId: string) =>
  trx
    .updateTable('batches')
    .set((eb) => ({ last_seq: eb('last_seq', '+', 0) }))
    .where('id', '=', batchId)
    .returningAll()
    .executeTakeFirst();

/** Adds events to a locked batch. Their rows' keys are not in them: they are read from the rows. */
export async function addEvents(
  trx: Database,
  batchId: string,
  events: readonly { position?: number; event: BatchEvent }[],
  at: string,
): Promise<void> {
  if (events.length === 0) return;
  const { last_seq } = await trx
    .updateTable('batches')
    .set((eb) => ({ last_seq: eb('last_seq', '+', events.length), updated_ms: Date.parse(at) }))
    .where('id', '=', batchId)
    .returning('last_seq')
    .executeTakeFirstOrThrow();
  const before = last_seq - events.length;
  await trx
    .insertInto('batch_events')
    .values(
      events.map(({ position, event }, i) => ({
        batch_id: batchId,
        seq: before + i + 1,
        position: position ?? null,
        event_json: JSON.stringify(event),
      })),
    )
    .execute();
}

export interface Tallied {
  status: RowStatus;
  result: Result | null;
  /** Absent: no. */
  simulated?: boolean | undefined;
}

/** Behind the name of a count's result: of simulated rows. */
const SIMULATED = ' simulated';

/** Moves rows of a locked batch from one count to another. `from` undefined: they are new. */
export async function recount(
  trx: Database,
  batchId: string,
  moves: readonly { from?: Tallied | undefined; to: Tallied }[],
): Promise<void> {
  const changes = new Map<string, { status: RowStatus; result: string; count: number }>();
  const add = ({ status, result, simulated }: Tallied, by: number): void => {
    const tally = `${result ?? ''}${simulated ? SIMULATED : ''}`;
    const key = `${status} ${tally}`;
    const change = changes.get(key) ?? { status, result: tally, count: 0 };
    changes.set(key, { ...change, count: change.count + by });
  };
  for (const { from, to } of moves) {
    if (from) add(from, -1);
    add(to, 1);
  }
  const values = [...changes.values()].filter(({ count }) => count !== 0).map((one) => ({ batch_id: batchId, ...one }));
  if (values.length === 0) return;
  await trx
    .insertInto('batch_counts')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(['batch_id', 'status', 'result'])
        .doUpdateSet((eb) => ({ count: eb('batch_counts.count', '+', eb.ref('excluded.count')) })),
    )
    .execute();
}

/** Rows of a batch by status and by result, and those for whose result nobody was called. */
export interface Tallies {
  counts: RowCounts;
  results: RowResults;
  simulated_rows: number;
}

export async function talliesOf(db: Database, batchIds: readonly string[]): Promise<(batchId: string) => Tallies> {
  const rows =
    batchIds.length === 0
      ? []
      : await db
          .selectFrom('batch_counts')
          .select(['batch_id', 'status', 'result', 'count'])
          .where('batch_id', 'in', batchIds)
          .execute();
  return (batchId) => {
    const own = rows.filter((row) => row.batch_id === batchId);
    const results: RowResults = {};
    let simulated_rows = 0;
    for (const { result: tally, count } of own) {
      const result = tally.replace(SIMULATED, '') as Result | '';
      if (tally.endsWith(SIMULATED)) simulated_rows += count;
      if (result !== '' && count > 0) results[result] = (results[result] ?? 0) + count;
    }
    return {
      simulated_rows,
      counts: countsOfGroups(own.map(({ status, count }) => ({ status: status as RowStatus, rows: count }))),
      results,
    };
  };
}

/** The earliest time at which a row may be dialed that is not in line yet. */
export async function firstDueOf(db: Database, batchId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('batch_rows')
    .select('due_ms')
    .where('batch_id', '=', batchId)
    .where(UNTAKEN)
    .orderBy('due_ms')
    .limit(1)
    .executeTakeFirst();
  return row && Number(row.due_ms);
}

/** A batch from its row. */
export async function storedBatch(
  db: Database,
  row: Selectable<BatchesTable> | undefined,
): Promise<StoredBatch | undefined> {
  if (!row) return undefined;
  return batchIn(row, (await talliesOf(db, [row.id]))(row.id), await firstDueOf(db, row.id));
}

export function batchIn(
  row: Omit<Selectable<BatchesTable>, 'erasing'>,
  { counts, results, simulated_rows }: Tallies,
  first_due_ms: number | undefined,
): StoredBatch {
  const settings = JSON.parse(row.settings_json) as BatchSettings;
  const accounts = JSON.parse(row.accounts_json) as Accounts;
  const status = row.status as BatchStatus;
  const paused_because = row.paused_because as PauseReason | null;
  return {
    id: row.id,
    owner: row.owner,
    accounts,
    settings,
    status,
    paused_because,
    live_calls: row.live_calls as LiveCalls | null,
    counts,
    results,
    first_due_ms,
    completions: row.completions,
    usage: {
      answered: Number(row.answered),
      talk_seconds: Number(row.talk_seconds),
      phone_minutes: Number(row.phone_minutes),
      agent_seconds: Number(row.agent_seconds),
    },
    view: {
      id: row.id,
      name: settings.name ?? null,
      status,
      paused_because,
      simulated: accounts.mode === 'sandbox',
      simulated_rows,
      counts,
      results,
      not_before: settings.not_before ?? null,
      not_after: settings.not_after ?? null,
      max_concurrent: settings.max_concurrent,
      stop_after_failures: settings.stop_after_failures ?? null,
      on_invalid: settings.on_invalid,
      duplicates: settings.duplicates,
      callback_url: settings.callback_url ?? null,
      metadata: settings.metadata,
      created_at: iso(Number(row.created_ms)),
      updated_at: iso(Number(row.updated_ms)),
      ended_at: row.ended_ms === null ? null : iso(Number(row.ended_ms)),
      last_event_id: row.last_seq,
    },
  };
}
