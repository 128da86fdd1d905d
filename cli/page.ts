import { ApiClient, notTheApi } from './api-client.ts';
import { jsonOf, plain } from './foreign.ts';
import { dim } from './ink.ts';
import { whereIsApi } from './where.ts';

export interface PageFlags {
  status?: string;
  limit?: string;
  cursor?: string;
  json?: boolean;
}

interface Shown<T> {
  /** Where the list is in the API. */
  path: string;
  /** Their name, in the plural. */
  things: string;
  /** The command that shows more. */
  command: string;
  linesOf: (one: T) => string[];
}

/** Prints one page of a list. Returns the exit code. */
export async function printPage<T>(flags: PageFlags, { path, things, command, linesOf }: Shown<T>): Promise<number> {
  const query = new URLSearchParams();
  for (const name of ['status', 'limit', 'cursor'] as const) if (flags[name]) query.set(name, flags[name]);
  const client = new ApiClient(whereIsApi());
  const page = await client.send<{ data: T[]; next_cursor: string | null } | null>('GET', `${path}?${query}`);
  if (!Array.isArray(page?.data)) throw notTheApi(`The API’s answer is not a list of ${things}.`);
  if (flags.json) {
    console.log(jsonOf(page, 2));
    return 0;
  }
  const { data, next_cursor: next } = plain(page);
  if (data.length === 0) console.log(`No ${things}.`);
  for (const one of data) for (const line of linesOf(one)) console.log(line);
  if (next) console.log(dim(`More: vocero ${command} --cursor ${next}`));
  return 0;
}

/** `2026-12-01 09:00`, UTC, as lists show it. */
export const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ');
