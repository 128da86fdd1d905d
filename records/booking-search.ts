import type { BookingOrder } from '../domain/order.ts';
import { searchText } from '../domain/search-text.ts';
import type { BookingView } from '../domain/view.ts';
import type { BookingSearch } from './interface.ts';

/** The columns by which bookings are found, beside the documents that hold the same. */
export const searchColumns = (order: BookingOrder, phoneHash: string | undefined) => ({
  search_name: searchText(order.business.name),
  phone_hash: phoneHash ?? null,
});

export const outcomeColumns = (view: BookingView) => ({
  channel: view.channel,
  result: view.outcome?.result ?? null,
});

const escaped = (text: string): string => text.replace(/[\\%_]/g, (found) => `\\${found}`);

/** A pattern with the escape character `\`, and the column it is for. */
export function searchPattern(search: Exclude<BookingSearch, { phone_hashes: readonly string[] }>) {
  if ('id_prefix' in search) return { column: 'id' as const, like: `${escaped(search.id_prefix)}%` };
  return { column: 'search_name' as const, like: `%${escaped(searchText(search.name))}%` };
}
