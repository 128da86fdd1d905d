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

/** The settings that a problem's message names, each with the flag that gives it. */
const FLAGS: [RegExp, string][] = [
  [/\bset default_country\b/, 'use --country'],
  [/\bset duplicates to skip or allow\b/, 'use --duplicates skip (or allow)'],
];
const FLAG_OF_FIELD: Record<string, string> = { service_type: '--service', user_name: '--user' };

/** A problem's message, for somebody who gives the settings as flags. */
function withFlags(field: string, message: string): string {
  const flag = FLAG_OF_FIELD[field];
  const named = flag ? message.replace(/\bor in defaults\b/, `or for all rows with ${flag}`) : message;
  return FLAGS.reduce((text, [setting, words]) => text.replace(setting, words), named);
}

const several = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/**
 * A check in words.
 * @param chosen as of `refusalOf`
 */
export function checkLines(checked: BatchCheck, chosen = true): string[] {
  const { rows, valid, invalid, duplicates, problems, encoding, delimiter, check } = plain(checked);
  const file = [encoding, delimiter && NAMES[checked.delimiter ?? '']].filter(Boolean).join(', ');
  const shown = problems.slice(0, MAX_PROBLEMS);
  const more = problems.length - shown.length;
  return [
    `${bold(several(rows, 'row'))}: ${good(`${valid} valid`)}, ${invalid > 0 ? bad(`${invalid} invalid`) : '0 invalid'}, ${
      duplicates > 0 ? warn(several(duplicates, 'duplicate')) : '0 duplicates'
    }${file ? dim(` (${file})`) : ''}`,
    ...shown.map(
      ({ row, line, field, message }) =>
        `  ${line === undefined ? `row ${row}` : `line ${line}`}: ${field} ${chosen ? withFlags(field, message) : message}`,
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
