import { type Column, columnAt, columnOf } from './columns.ts';
import { type BatchProblem, MAX_COLUMNS } from './problems.ts';

/** The columns of a file in their order. A column with a fault has no place: its cells are passed over, and the batch is refused. */
export interface Header {
  columns: (Column & { ignored?: true })[];
  problems: BatchProblem[];
}

/** Reads the names in the first record of a file, which begins on `line`. */
export function readHeader(names: readonly string[], line: number): Header {
  const at = { row: 0, line };
  if (names.length > MAX_COLUMNS) {
    const message = `has ${names.length} columns, and at most ${MAX_COLUMNS} are read: leave out those that are not needed`;
    return { columns: [], problems: [{ ...at, field: 'file', code: 'too_many_columns', message }] };
  }
  const problems: BatchProblem[] = [];
  const taken = new Map<string, string>();
  const columns = names.map((name): Header['columns'][number] => {
    const column = columnOf(name);
    if ('code' in column) {
      problems.push({ ...at, field: column.name, code: column.code, message: column.message });
      return { name: column.name, ignored: true };
    }
    if (!column.path) return column;
    const place = column.path.join('.');
    const earlier = taken.get(place);
    if (earlier === undefined) {
      taken.set(place, column.name);
      return column;
    }
    const message = `means the same as the column ${earlier}: keep one of them, or call it metadata.${column.name}`;
    problems.push({ ...at, field: column.name, code: 'duplicate', message });
    return { name: column.name, ignored: true };
  });
  return { columns, problems };
}

/** Index of the column with a place, such as `['business', 'phone']`; -1 without one. */
export const indexOfPlace = ({ columns }: Header, place: readonly string[]): number =>
  columns.findIndex(({ path }) => path?.join('.') === place.join('.'));

/** The column's name for a place in the row: as the file has it, else as a file would have it, else the place's last part. */
export const columnNameOf = (header: Header, place: readonly PropertyKey[]): string => {
  const path = place.map(String);
  return header.columns[indexOfPlace(header, path)]?.name ?? columnAt(path) ?? path.at(-1) ?? 'row';
};
