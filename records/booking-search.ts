import type { BookingOrder } from '../domain/order.ts';
import type { Parented } from '../domain/parent.ts';
import { searchText } from '../domain/search-text.ts';
import { sumOf, type Usage, usageOfAttempt } from '../domain/usage.ts';
import type { BookingView } from '../domain/view.ts';

/** Maximum of searched characters of each part: PostgreSQL's index entries hold 2,700 bytes. */
const MAX = { name: 200, service: 80, person: 100 };
/** Between the parts, so that no word runs from one into the next. */
const BETWEEN = ' | ';

const cut = (text: string, most: number): string => [...searchText(text)].slice(0, most).join('');

/** The business, the service, the person, and the digits of the number, as they are searched. */
const searched = ({ business, request }: BookingOrder): string =>
  [
    cut(business.name, MAX.name),
    cut(request.service_type, MAX.service),
    cut(request.user_name, MAX.person),
    business.phone.replace(/\D/g, ''),
  ].join(BETWEEN);

/** Columns for the search of bookings. The documents hold the same data. */
export const searchColumns = (order: BookingOrder, phoneHash: string | undefined) => ({
  search_name: searched(order),
  phone_hash: phoneHash ?? null,
});

export const outcomeColumns = (view: BookingView) => ({
  channel: view.channel,
  result: view.outcome?.result ?? null,
});

/** What the providers charge for, of all attempts. */
export const usageColumns = ({ attempts }: BookingView): Usage => sumOf(attempts.map(usageOfAttempt));

/** The parent as bookings are listed by it: its kind and its id; null: none. */
export function parentColumn({ shortlist, batch }: Parented): string | null {
  if (shortlist) return `shortlist ${shortlist.id}`;
  return batch ? `batch ${batch.id}` : null;
}
