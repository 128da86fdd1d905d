import type { BatchView } from '../../domain/batch/view.ts';
import { dim } from '../ink.ts';
import { minuteOf, type PageFlags, printPage } from '../page.ts';
import { barText } from './text.ts';
import { PATH } from './watch.ts';

function linesOf({ id, name, status, counts, results, simulated, created_at }: BatchView): string[] {
  const told = Object.entries(results).map(([result, n]) => `${n} ${result.replaceAll('_', ' ')}`);
  return [
    [id, minuteOf(created_at), barText(counts), status, name ?? '', simulated ? dim('simulated') : '']
      .filter(Boolean)
      .join('  '),
    ...(told.length > 0 ? [dim(`    ${told.join(', ')}`)] : []),
  ];
}

/** `vocero batch list`. Returns the exit code. */
export const listBatches = (flags: PageFlags): Promise<number> =>
  printPage<BatchView>(flags, { path: PATH, things: 'batches', command: 'batch list', linesOf });
