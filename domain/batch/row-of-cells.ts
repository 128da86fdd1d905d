import type { Header } from './header.ts';
import type { Fault } from './problems.ts';

/** A row in the shape of JSON, as far as its cells say; blank cells are left out, so that defaults hold. */
export type RowOfCells = { given: Record<string, unknown>; fault?: Fault | undefined };

/** Puts the cells of a record into their places. A wrong number of cells, or a cell without a column, is a fault of the row. */
export function rowOfCells(cells: readonly string[], { columns }: Header): RowOfCells {
  if (cells.length !== columns.length) {
    const message = `has ${cells.length} cells, and the header has ${columns.length}: check its delimiters, and put a cell with the delimiter in it in quotes`;
    return { given: { cells }, fault: { path: ['row'], code: 'row_length', message } };
  }
  const own: [string, unknown][] = [];
  const groups = new Map<string, [string, string][]>();
  let fault: Fault | undefined;
  columns.forEach(({ name, path, ignored }, index) => {
    const cell = cells[index]!;
    if (cell.trim() === '' || ignored) return;
    if (!path) {
      const message = `has the cell ${JSON.stringify(cell.slice(0, 40))} in column ${index + 1}, which has no name: name the column, or empty the cell`;
      fault ??= { path: [name || 'row'], code: 'unknown_column', message };
      return;
    }
    const [group, member] = path as [string, string?];
    if (member === undefined) own.push([group, cell]);
    else groups.set(group, [...(groups.get(group) ?? []), [member, cell]]);
  });
  for (const [group, members] of groups) own.push([group, Object.fromEntries(members)]);
  return { given: Object.fromEntries(own), fault };
}
