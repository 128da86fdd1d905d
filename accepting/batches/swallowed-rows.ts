import { type Header, indexOfPlace } from '../../domain/batch/header.ts';

/** A cell that can be the number of a business; short ones may be anything. */
const NUMBER = /^[="'\s]*\+?\d[\d\s().\-/]{5,}["\s]*$/;

/**
 * Finds a record in which a quote was left open and a later one closed it, so that rows stand inside of a cell. Such a record can have the
 * right number of cells. Texts with line breaks pass: only a line with as many cells as the header has, and a number where the number
 * belongs, is taken for a row.
 */
export function swallowsRows(header: Header, delimiter: string): (cells: readonly string[]) => boolean {
  const columns = header.columns.length;
  const phone = indexOfPlace(header, ['business', 'phone']);
  if (phone < 0) return () => false;
  /** `before`, `after`: cells of the same line that stand before and after the quotes. */
  const isRow = (line: string, before: number, after: number): boolean => {
    const cells = line.split(delimiter);
    if (cells.length < 2 || before + cells.length + after !== columns) return false;
    const number = cells[phone - before];
    return number !== undefined && NUMBER.test(number);
  };
  return (cells) =>
    cells.some((cell, index) => {
      if (!cell.includes('\n') && !cell.includes('\r')) return false;
      const lines = cell.split(/\r\n|\r|\n/);
      const last = lines.length - 1;
      return lines.some((line, n) => isRow(line, n === 0 ? index : 0, n === last ? cells.length - 1 - index : 0));
    });
}
