import { fits, going } from '../../domain/batch/lifecycle.ts';
import { MAX_ROWS, refusesAll, tooManyRows } from '../../domain/batch/problems.ts';
import { iso } from '../../domain/iso.ts';
import type { BatchSettings } from '../../domain/schemas/batch.ts';
import type { BatchCheck } from '../../domain/schemas/batch-check.ts';
import { rowKeyHash } from '../../records/batch-changes.ts';
import type { StoredBatch } from '../../records/ports/batches.ts';
import type { BatchDependencies } from './accept-batch.ts';
import { betweenSignals } from './between-signals.ts';
import { type CheckedBatch, type CheckInput, checkBatch } from './check.ts';
import type { CheckedRow } from './check-row.ts';
import { storedRow } from './stored-rows.ts';

type Unfit = { how: 'unfit'; batch: StoredBatch };

export type CheckedAdded =
  /** `check`: of the rows that the batch does not have. `known`: the number of the others. `all`: the number of rows that were given. */
  { how: 'checked'; check: BatchCheck; fresh: CheckedRow[]; known: number; all: number } | Unfit;

/**
 * Checks rows for a batch that exists, with its settings. Nothing is stored.
 * @throws BatchTooLarge when the batch would have more than 10,000 rows
 */
export async function checkAdded(
  { records, settings: installation, now }: Pick<BatchDependencies, 'records' | 'settings' | 'now'>,
  batch: StoredBatch,
  from: CheckInput['from'],
): Promise<CheckedAdded> {
  const { id, settings } = batch;
  if (!fits('append', batch.status)) return { how: 'unfit', batch };
  const there = await records.knownRows(id);
  const uncalled = new Set(there.uncalled.map(({ key, phone }) => JSON.stringify([key, phone])));
  /** A row that was not called may be sent again, corrected; sent as it was, it is known. */
  const isKnown = ({ key, phone, status }: CheckedRow): boolean =>
    key !== undefined &&
    (there.key_hashes.has(rowKeyHash(id, key)) ||
      (status !== 'valid' && uncalled.has(JSON.stringify([key, phone ?? null]))));
  const checked = await checkBatch({
    settings,
    from,
    installation,
    now: now(),
    known: { keys: there.keys, numbers: there.numbers },
  });
  const known = checked.rows.filter(isKnown);
  const fresh = checked.rows.filter((row) => !isKnown(row));
  if (batch.counts.total + fresh.length > MAX_ROWS) throw tooManyRows();
  const check = withoutRows(checked, new Set(known.map(({ row }) => row)));
  return { how: 'checked', check, fresh, known: known.length, all: checked.rows.length };
}

export type AppendedRows =
  | { how: 'added'; added: number; known: number }
  /** Rows that the batch's settings do not permit. */
  | { how: 'invalid'; check: BatchCheck }
  /** The rows differ from those that were checked. */
  | { how: 'differs'; check: BatchCheck }
  | Unfit;

/**
 * Adds rows to a batch. Rows whose key the batch has are passed over, so the same request may be repeated; a completed batch goes on.
 * @param asked `check`: the digest of the only rows that may be added
 * @throws BatchTooLarge when the batch would have more than 10,000 rows
 */
export async function appendRows(
  deps: BatchDependencies,
  batch: StoredBatch,
  asked: { from: CheckInput['from']; check?: string | undefined },
): Promise<AppendedRows> {
  const { records, batches, now } = deps;
  const { id, settings } = batch;
  const at = now();
  const checked = await checkAdded(deps, batch, asked.from);
  if (checked.how === 'unfit') return checked;
  const { check, fresh, all } = checked;
  if (isRefused(check, settings)) return { how: 'invalid', check };
  if (asked.check !== undefined && asked.check !== check.check) return { how: 'differs', check };
  const added = fresh.map((row) => storedRow(row, at));
  const appended = await betweenSignals(batches, id, async () => {
    const how = await records.appendRows(id, added, iso(at));
    if (how)
      await records.changeBatch(id, iso(now()), (it) => (it.status === 'completed' ? { status: going(it, at) } : {}));
    return how;
  });
  if (!appended) return { how: 'unfit', batch: (await records.batch(id)) ?? batch };
  return { how: 'added', added: appended.added, known: all - appended.added };
}

/** The check's answer without the rows that the batch has already. */
function withoutRows({ check, rows }: CheckedBatch, known: ReadonlySet<number>): BatchCheck {
  const left = rows.filter(({ row }) => !known.has(row));
  const count = (status: CheckedRow['status']): number => left.filter((row) => row.status === status).length;
  return {
    ...check,
    rows: left.length,
    valid: count('valid'),
    invalid: count('invalid'),
    duplicates: count('duplicate'),
    problems: check.problems.filter(({ row }) => !known.has(row)),
  };
}

const isRefused = ({ problems, invalid, duplicates }: BatchCheck, settings: BatchSettings): boolean =>
  problems.some(refusesAll) ||
  (invalid > 0 && settings.on_invalid === 'reject') ||
  (duplicates > 0 && settings.duplicates !== 'skip');
