import { columnNameOf, type Header, readHeader } from '../../domain/batch/header.ts';
import type { BatchProblem, Fault } from '../../domain/batch/problems.ts';
import { rowOfCells } from '../../domain/batch/row-of-cells.ts';
import type { Delimiter, Encoding } from '../../domain/schemas/batch-check.ts';
import { decode } from './decode.ts';
import { delimiterOf } from './delimiter.ts';
import { readTable, type TableRecord } from './read-table.ts';
import { swallowsRows } from './swallowed-rows.ts';

/** A row as it was given, in the shape of JSON. `fault`: it could not be read as a row. */
export interface GivenRow {
  given: unknown;
  line?: number | undefined;
  fault?: Fault | undefined;
}

/** Rows that are read while they are checked. */
export interface GivenRows {
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
  /** Faults of the table as a whole, complete once all rows are read. */
  problems: BatchProblem[];
  rows: AsyncIterable<GivenRow[]>;
  /** The name by which the sender knows a place in a row. */
  nameOf: (path: readonly PropertyKey[]) => string;
}

const EMPTY = 'is empty: give a header and at least one row';
const ONLY_HEADER = 'has a header and no rows: add a row for each business';

async function* none(): AsyncGenerator<GivenRow[]> {}

/** The whole file is not a table, or has nothing in it. */
const refused = (code: BatchProblem['code'], message: string): GivenRows => ({
  problems: [{ row: 0, field: 'file', code, message }],
  rows: none(),
  nameOf: () => 'file',
});

/** The first record of a table; undefined: there is none. */
async function firstOf(records: AsyncIterable<TableRecord[]>): Promise<TableRecord | undefined> {
  for await (const [first] of records) if (first) return first;
  return undefined;
}

async function* givenRows(
  records: AsyncIterable<TableRecord[]>,
  header: Header,
  problems: BatchProblem[],
): AsyncGenerator<GivenRow[]> {
  let place = -1;
  for await (const some of records) {
    // The first record is the header.
    const rows = place < 0 ? some.slice(1) : some;
    place += some.length;
    yield rows.map((record): GivenRow => {
      const { line } = record;
      if ('cells' in record) return { line, ...rowOfCells(record.cells, header) };
      const fault: Fault = { path: ['row'], code: 'row_length', message: record.broken };
      return { line, given: { text: record.text }, fault };
    });
  }
  if (place < 1) problems.push({ row: 0, field: 'file', code: 'empty', message: ONLY_HEADER });
}

/** Reads a file of rows: any of the encodings and delimiters, with a header. */
export async function rowsOfFile(bytes: Buffer, breathe: () => Promise<void> | undefined): Promise<GivenRows> {
  const decoded = await decode(bytes, breathe);
  if ('unreadable' in decoded) return refused('unreadable', decoded.unreadable);
  const { text, encoding } = decoded;
  const { delimiter, from } = delimiterOf(text);
  const first = await firstOf(readTable(text, { delimiter, from, isTorn: () => false }, breathe));
  if (!first) return refused('empty', EMPTY);
  if (!('cells' in first)) {
    const message = `${first.broken} (line ${first.line}, the header)`;
    return { ...refused('row_length', message), encoding, delimiter };
  }
  const header = readHeader(first.cells, first.line);
  const { problems } = header;
  const records = readTable(text, { delimiter, from, isTorn: swallowsRows(header, delimiter) }, breathe);
  const rows = header.columns.length === 0 ? none() : givenRows(records, header, problems);
  return { encoding, delimiter, problems, rows, nameOf: (path) => columnNameOf(header, path) };
}

/** Rows of JSON, which have no lines. */
export function rowsOfJson(given: readonly unknown[]): GivenRows {
  async function* rows(): AsyncGenerator<GivenRow[]> {
    yield given.map((row) => ({ given: row }));
  }
  const empty: BatchProblem = { row: 0, field: 'rows', code: 'empty', message: 'is empty: give at least one row' };
  return {
    problems: given.length === 0 ? [empty] : [],
    rows: rows(),
    nameOf: (path) => String(path.at(-1) ?? 'row'),
  };
}
