import { type SqlBool, sql } from 'kysely';
import type { Accounts } from '../domain/accounts.ts';
import type { FollowUp } from '../domain/follow-up.ts';
import type { BookingOrder } from '../domain/order.ts';
import type { Review } from '../domain/review.ts';
import { type BookingView, type ContradictionView, ofAnyVersion } from '../domain/view.ts';

/** Bookings that may be shown. Written without parameters, because the partial indexes match by this text. */
export const SHOWN = sql<SqlBool>`started = 1 and erasing = 0`;

/** The workflow's view, with the review, the follow-ups and the contradictions next to it. */
export const viewIn = (row: {
  view_json: string;
  review_json: string | null;
  follow_ups_json?: string | null;
  contradictions_json?: string | null;
}): BookingView => ({
  ...ofAnyVersion(JSON.parse(row.view_json) as BookingView),
  review: row.review_json === null ? null : (JSON.parse(row.review_json) as Review),
  follow_ups: row.follow_ups_json ? (JSON.parse(row.follow_ups_json) as FollowUp[]) : [],
  ...(row.contradictions_json && { contradictions: JSON.parse(row.contradictions_json) as ContradictionView[] }),
});

export const accountsIn = ({ accounts_json }: { accounts_json: string | null }): Accounts | undefined =>
  accounts_json === null ? undefined : (JSON.parse(accounts_json) as Accounts);

/** For bookings older than the column: the outcome of a real call never says that it was simulated. */
const ofTheSandbox = ({ outcome }: BookingView): boolean =>
  outcome?.simulated === true && outcome.channel !== 'simulation';

const isOfTheSandbox = ({ sandbox }: { sandbox: number | null }, view: BookingView): boolean =>
  sandbox === null ? ofTheSandbox(view) : sandbox === 1;

/** A booking from its row: order, view, and owner. */
export function bookingIn(
  row: Parameters<typeof viewIn>[0] & { order_json: string; sandbox: number | null; accounts_json: string | null },
): { order: BookingOrder; view: BookingView; sandbox: boolean; accounts: Accounts | undefined } {
  const view = viewIn(row);
  const order = JSON.parse(row.order_json) as BookingOrder;
  return { order, view, sandbox: isOfTheSandbox(row, view), accounts: accountsIn(row) };
}
