import type { BookingOrder } from '../domain/order.ts';
import { searchText } from '../domain/search-text.ts';
import type { BookingView } from '../domain/view.ts';

/** Of a name, in characters: it stands in indexes, and PostgreSQL's entries hold 2,700 bytes. */
const MAX_SEARCHED = 200;

/** The columns by which bookings are found, beside the documents that hold the same. */
export const searchColumns = (order: BookingOrder, phoneHash: string | undefined) => ({
  search_name: [...searchText(order.business.name)].slice(0, MAX_SEARCHED).join(''),
  phone_hash: phoneHash ?? null,
});

export const outcomeColumns = (view: BookingView) => ({
  channel: view.channel,
  result: view.outcome?.result ?? null,
});
