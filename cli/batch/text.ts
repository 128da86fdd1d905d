import { openRows } from '../../domain/batch/lifecycle.ts';
import { ROW_STATUSES, type RowCounts } from '../../domain/batch/statuses.ts';
import type { BatchView } from '../../domain/batch/view.ts';
import type { BatchCheck } from '../../domain/schemas/batch-check.ts';
import { plain } from '../foreign.ts';
import { bad, bold, dim, good, warn } from '../ink.ts';

/** Problems that are printed; `--json` has all. */
const MAX_PROBLEMS = 50;
const BAR = 24;
const NAMES: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

/**
 * Why the API would refuse the table with these settings; undefined: it would accept it.
 * @param chosen the settings come from flags of this command, which may be others
 */
export function refusalOf(check: BatchCheck, settings: Record<string, unknown>, chosen = true): string | undefined {
  const more = (flags: string): string => (chosen ? `, or use ${flags}` : '');
  if (check.problems.some(({ row }) => row === 0)) return 'the table is not understood as a whole';
  if (check.problems.some(({ code }) => code === 'unknown_column')) return 'the table has unknown columns';
  if (check.invalid > 0 && settings.on_invalid !== 'skip')
    return `invalid rows: correct them${more('--on-invalid skip')}`;
  if (check.duplicates > 0 && settings.duplicates !== 'skip')
    return `duplicate rows: remove them${more('--duplicates skip (or allow)')}`;
  return undefined;
}

/** A check in words. */
export function checkLines(checked: BatchCheck): string[] {
  const { rows, valid, invalid, duplicates, problems, encoding, delimiter, check } = plain(checked);
  const file = [encoding, delimiter && NAMES[checked.delimiter ?? '']].filter(Boolean).join(', ');
  const shown = problems.slice(0, MAX_PROBLEMS);
  const more = problems.length - shown.length;
  return [
    `${bold(`${rows} rows`)}: ${good(`${valid} valid`)}, ${invalid > 0 ? bad(`${invalid} invalid`) : '0 invalid'}, ${
      duplicates > 0 ? warn(`${duplicates} duplicates`) : '0 duplicates'
    }${file ? dim(` (${file})`) : ''}`,
    ...shown.map(
      ({ row, line, field, message }) => `  ${line === undefined ? `row ${row}` : `line ${line}`}: ${field} ${message}`,
    ),
    ...(more > 0 ? [dim(`  … and ${more} more: --json has them all`)] : []),
    dim(`  check ${check}`),
  ];
}

/** Rows by status, without those that are 0. */
export const countsText = (counts: RowCounts): string =>
  ROW_STATUSES.filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${status.replace('_', ' ')}`)
    .join(', ') || 'no rows';

/** `[######------] 6/12`, for a terminal. */
export function barText(counts: RowCounts): string {
  const done = counts.total - openRows(counts);
  const filled = counts.total === 0 ? BAR : Math.floor((BAR * done) / counts.total);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}] ${done}/${counts.total}`;
}

/** A batch in a few lines. */
export function batchLines(batch: BatchView): string[] {
  const { id, name, status, paused_because, counts, results, simulated, simulated_rows } = plain(batch);
  const told = Object.entries(results).map(([result, n]) => `${n} ${result.replaceAll('_', ' ')}`);
  return [
    `${bold(id)}${name ? ` ${name}` : ''}: ${status}${paused_because === 'failures' ? ', because too many rows failed' : ''}`,
    `  rows      ${countsText(counts)}; ${counts.total} in all`,
    ...(told.length > 0 ? [`  results   ${told.join(', ')}`] : []),
    ...(simulated ? [warn('  simulated by the sandbox: nobody was called')] : []),
    ...(simulated_rows > 0 && !simulated
      ? [warn(`  ${simulated_rows} results are simulated: nobody was called for them, and no appointment exists`)]
      : []),
  ];
}
