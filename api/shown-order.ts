import { windowFor } from '../accepting/settings.ts';
import { type BudgetView, budgetsOf } from '../domain/budgets-view.ts';
import { callbackPolicyOf } from '../domain/callback-policy.ts';
import type { BookingOrder } from '../domain/order.ts';
import type { OrderView } from '../domain/schemas/booking-order.ts';
import type { UsageView } from '../domain/schemas/usage.ts';
import type { BookingWarning } from '../domain/schemas/warning.ts';
import { sumOf, usageOfAttempt } from '../domain/usage.ts';
import type { BookingEvent, BookingView } from '../domain/view.ts';
import { hoursOf } from '../domain/weekly-hours.ts';
import type { Context } from './context.ts';
import { usageView } from './shown-usage.ts';
import { withWarnings } from './warnings.ts';

/** A booking has a few dozen events that are not turns. A talk may have hundreds of turns. */
const EVENTS = 2_000;

/** The order as the API shows it. The remaining fields are in the booking itself. */
export const orderView = ({
  id: _id,
  metadata: _metadata,
  created_at: _at,
  shortlist: _shortlist,
  batch: _batch,
  ...order
}: BookingOrder): OrderView => ({
  ...order,
  request: { ...order.request, preferred_day: order.request.preferred_day ?? null },
  escalation: { ...order.escalation, callback: callbackPolicyOf(order) },
});

type Shown<V> = V & {
  order?: OrderView | undefined;
  budgets?: BudgetView[] | undefined;
  usage?: UsageView | undefined;
};

/** Rows, each with its order. */
export async function withOrders<V extends BookingView>(views: V[], { records }: Context): Promise<Shown<V>[]> {
  const orders = await records.ordersOf(views.map((view) => view.id));
  return views.map((view) => {
    const order = orders.get(view.id);
    return order ? { ...view, order: orderView(order) } : view;
  });
}

/** One booking with its order, the state of its budgets, its calls and talk so far and, while it is open, warnings about wishes that cannot be met. */
export async function withBudgets<V extends BookingView>(
  view: V,
  order: BookingOrder,
  context: Context,
): Promise<Shown<V> & { warnings?: BookingWarning[] | undefined }> {
  const { records, settings, now } = context;
  const events: BookingEvent[] = (await records.eventsAfter(order.id, 0, EVENTS)).map(({ event }) => event);
  const until = view.outcome ? Date.parse(view.updated_at) : now();
  const hours = hoursOf(windowFor(order, settings, now()), order.business.opening_hours);
  const budgets = budgetsOf(order, view.attempts, events, hours, until);
  const usage = usageView(sumOf(view.attempts.map(usageOfAttempt)), settings);
  const shown = { ...view, order: orderView(order), budgets, usage };
  return view.outcome ? shown : withWarnings(shown, order, context);
}
