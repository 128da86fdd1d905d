import { createHash } from 'node:crypto';
import { isTooDeep } from '../../domain/batch/merge.ts';
import { MAX_ROWS, refusesAll, tooManyRows } from '../../domain/batch/problems.ts';
import type { BatchSettings } from '../../domain/schemas/batch.ts';
import type { BatchCheck } from '../../domain/schemas/batch-check.ts';
import { contentHash } from '../../records/content-hash.ts';
import type { RefusingSettings } from '../new-order.ts';
import { breather } from './breathe.ts';
import { type CheckedRow, checkRow, type Earlier } from './check-row.ts';
import { readBytes } from './read-bytes.ts';
import { rowsOfFile, rowsOfJson } from './rows-of-file.ts';

export interface CheckInput {
  settings: BatchSettings;
  /** Rows of JSON, or a file in any of the encodings. */
  from: { rows: readonly unknown[] } | { file: Uint8Array | AsyncIterable<Uint8Array> };
  installation: RefusingSettings;
  /** Milliseconds since 1970. */
  now: number;
  /** Keys and numbers, E.164, of rows that are in the batch already. */
  known?: { keys?: Iterable<string>; numbers?: Iterable<string> } | undefined;
}

export interface CheckedBatch {
  /** The answer of `POST /v1/batches/check`. */
  check: BatchCheck;
  /** Every row that was given, in order. */
  rows: CheckedRow[];
  /** With these settings the batch is not accepted (`422` with the problems). */
  refused: boolean;
}

const unknown = (values: Iterable<string> = []): Map<string, undefined> =>
  new Map(Array.from(values, (value) => [value, undefined]));

/**
 * Reads and checks the rows of a batch. Nothing is stored, and nobody is called. It pauses between rows, so that calls of the same process
 * go on.
 * @throws BatchTooLarge for more than 10,000 rows or 10 MiB
 * @example
 * ```ts
 * const { check, rows, refused } = await checkBatch({ settings, from: { file: request.raw }, installation, now: Date.now() });
 * ```
 */
export async function checkBatch({ settings, from, installation, now, known }: CheckInput): Promise<CheckedBatch> {
  const breathe = breather();
  const given = 'rows' in from ? rowsOfJson(from.rows) : await rowsOfFile(await readBytes(from.file), breathe);
  const { encoding, delimiter, nameOf } = given;
  const earlier: Earlier = { keys: unknown(known?.keys), numbers: unknown(known?.numbers), lines: new Map() };
  const context = { settings, installation, now, earlier, nameOf };
  const digest = createHash('sha256').update(contentHash([settings.defaults, settings.default_country ?? null]));
  const rows: CheckedRow[] = [];
  const ofRows: BatchCheck['problems'] = [];
  for await (const some of given.rows) {
    if (rows.length + some.length > MAX_ROWS) throw tooManyRows();
    for (const one of some) {
      await breathe();
      const { checked, problems } = checkRow(one, rows.length + 1, context);
      rows.push(checked);
      ofRows.push(...problems);
      digest.update(isTooDeep(one.given) ? 'too deep' : contentHash(one.given));
    }
  }
  const count = (status: CheckedRow['status']): number => rows.filter((row) => row.status === status).length;
  const [valid, invalid, duplicates] = [count('valid'), count('invalid'), count('duplicate')];
  const problems = [...given.problems, ...ofRows];
  const refused =
    problems.some(refusesAll) ||
    (invalid > 0 && settings.on_invalid === 'reject') ||
    (duplicates > 0 && settings.duplicates !== 'skip');
  return {
    check: {
      rows: rows.length,
      valid,
      invalid,
      duplicates,
      problems,
      ...(encoding && { encoding }),
      ...(delimiter && { delimiter }),
      check: `sha256:${digest.digest('hex')}`,
    },
    rows,
    refused,
  };
}
