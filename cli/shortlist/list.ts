import type { ShortlistView } from '../../domain/shortlist/view.ts';
import { dim } from '../ink.ts';
import { minuteOf, type PageFlags, printPage } from '../page.ts';
import { PATH } from './watch.ts';

function linesOf({ id, created_at, status, request, candidates, outcome }: ShortlistView): string[] {
  const when = [outcome?.confirmed_date, outcome?.confirmed_time].filter(Boolean).join(' ');
  // A result implies its status.
  const told = [outcome?.result ?? status, when, outcome?.simulated ? dim('simulated') : ''].filter(Boolean).join(' ');
  const asked = candidates.map(
    (one, n) => `${n + 1}. ${one.business?.name ?? 'erased'}: ${(one.result ?? one.status).replaceAll('_', ' ')}`,
  );
  return [
    [id, minuteOf(created_at), told, request ? `${request.service_type}, ${request.user_name}` : 'erased'].join('  '),
    dim(`    ${asked.join('  ')}`),
  ];
}

/** `vocero shortlist list`. Returns the exit code. */
export const listShortlists = (flags: Omit<PageFlags, 'status'>): Promise<number> =>
  printPage<ShortlistView>(flags, { path: PATH, things: 'shortlists', command: 'shortlist list', linesOf });
