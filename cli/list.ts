import type { BookingView } from '../domain/view.ts';
import { ApiClient, notTheApi } from './api-client.ts';
import { moreText } from './booking-text.ts';
import { jsonOf, plain } from './foreign.ts';
import { dim } from './ink.ts';
import { whereIsApi } from './where.ts';

interface Page {
  data: BookingView[];
  next_cursor: string | null;
}

/** `vocero list`. Returns the exit code. */
export async function runList(flags: {
  status?: string;
  limit?: string;
  json?: boolean;
  cursor?: string;
}): Promise<number> {
  const query = new URLSearchParams();
  for (const name of ['status', 'limit', 'cursor'] as const) if (flags[name]) query.set(name, flags[name]);
  const page = await new ApiClient(whereIsApi()).send<Page>('GET', `/v1/bookings?${query}`);
  if (!Array.isArray(page?.data)) throw notTheApi('The API’s answer is not a list of bookings.');
  if (flags.json) {
    console.log(jsonOf(page, 2));
    return 0;
  }
  const { data, next_cursor: next } = plain(page);
  if (data.length === 0) console.log('No bookings.');
  for (const view of data) {
    const { id, status, channel, outcome, created_at } = view;
    const when = [outcome?.confirmed_date, outcome?.confirmed_time].filter(Boolean).join(' ');
    // A result implies its status.
    const told = [outcome?.result ?? status, when, outcome?.simulated ? dim('simulated') : '']
      .filter(Boolean)
      .join(' ');
    console.log([id, created_at.slice(0, 16).replace('T', ' '), (channel ?? '').padEnd(10), told].join('  '));
    for (const note of moreText(view)) console.log(dim(`    ${note}`));
  }
  if (next) console.log(dim(`More: vocero list --cursor ${next}`));
  return 0;
}
