import type { BookingOrder } from '../domain/order.ts';
import type { Parented } from '../domain/parent.ts';
import { searchText } from '../domain/search-text.ts';
import type { BookingView } from '../domain/view.ts';

/** Maximum of indexed characters of a name: PostgreSQL's index entries hold 2,700 bytes. */
const MAX_SEARCHED = 200;

/** Columns for the search of bookings. The documents hold the same data. */
export const searchColumns = (order: BookingOrder, phoneHash: string | undefined) => ({
  search_name: [...searchText(order.business.name)].slice(0, MAX_SEARCHED).join(''),
  phone_hash: phoneHash ?? null,
});

export const outcomeColumns = (view: BookingView) => ({
  channel: view.channel,
  result: view.outcome?.result ?? null,
});

/** The parent as bookings are listed by it: its kind and its id; null: none. */
export function parentColumn({ shortlist, batch }: Parented): string | null {
  if (shortlist) return `shortlist ${shortlist.id}`;
  return batch ? `batch ${batch.id}` : null;
}
