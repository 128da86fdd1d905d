import type { BookingView } from '../domain/view.ts';
import { moreText } from './booking-text.ts';
import { dim } from './ink.ts';
import { minuteOf, type PageFlags, printPage } from './page.ts';

function linesOf(view: BookingView): string[] {
  const { id, status, channel, outcome, created_at } = view;
  const when = [outcome?.confirmed_date, outcome?.confirmed_time].filter(Boolean).join(' ');
  // A result implies its status.
  const told = [outcome?.result ?? status, when, outcome?.simulated ? dim('simulated') : ''].filter(Boolean).join(' ');
  return [
    [id, minuteOf(created_at), (channel ?? '').padEnd(10), told].join('  '),
    ...moreText(view).map((note) => dim(`    ${note}`)),
  ];
}

/** `vocero list`. Returns the exit code. */
export const runList = (flags: PageFlags): Promise<number> =>
  printPage<BookingView>(flags, { path: '/v1/bookings', things: 'bookings', command: 'list', linesOf });
