/** Largest number of rows in a batch. */
export const MAX_ROWS = 10_000;
/** Largest size of a batch's file or body, in bytes. */
export const MAX_BYTES = 10 * 1024 * 1024;
/** Largest number of columns in a file. */
export const MAX_COLUMNS = 64;

/** The faults of a row. `invalid`: any other rule of a booking's fields. */
export const ROW_FAULTS = [
  'excel_scientific',
  'missing_country',
  'invalid_number',
  'unknown_column',
  'unknown_timezone',
  'missing',
  'duplicate',
  'too_long',
  'row_length',
  'invalid',
] as const;
/** The faults of a file, or of a list of rows, as a whole. */
export const TABLE_FAULTS = ['unreadable', 'empty', 'too_many_columns'] as const;

export const PROBLEM_CODES = [...ROW_FAULTS, ...TABLE_FAULTS] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** A fault before anybody knows the row's place: the path of the field in a booking's request, and words that continue its name. */
export interface Fault {
  path: readonly PropertyKey[];
  code: ProblemCode;
  message: string;
}

export interface BatchProblem {
  /** Data rows count from 1; 0: the header, or the table as a whole. */
  row: number;
  /** Line of the file on which the row begins, the first is 1. Absent: the rows came as JSON, or the file has no lines. */
  line?: number | undefined;
  /** The column's name in the file, or the last part of the JSON path; `row`, `file` or `rows` for the whole of one. */
  field: string;
  code: ProblemCode;
  /** Continues the field's name, and says the remedy. */
  message: string;
}

/** A batch with these is refused even if invalid rows are skipped: they say that the table itself is not understood. */
export const refusesAll = ({ row, code }: Pick<BatchProblem, 'row' | 'code'>): boolean =>
  row === 0 || code === 'unknown_column';

/** More rows or bytes than a batch may have. The API answers 413. */
export class BatchTooLarge extends Error {
  override readonly name = 'BatchTooLarge';
}

export const tooManyRows = (): BatchTooLarge =>
  new BatchTooLarge(`A batch has at most ${MAX_ROWS} rows: split it into several batches.`);

export const tooManyBytes = (): BatchTooLarge =>
  new BatchTooLarge(`A batch has at most ${MAX_BYTES / 1024 / 1024} MiB: split it into several batches.`);
