import type { BookingGateway } from '../delivery/gateway.ts';
import type { BookingView } from '../domain/view.ts';
import type { ApiMetrics } from './metrics.ts';

export type ShownBooking = BookingView & { stale?: boolean };

/** Bookings of one page that are queried concurrently. */
const CONCURRENT_QUERIES = 10;
const PAGE_DEADLINE_MS = 2_500;

interface ViewDeps {
  gateway: Pick<BookingGateway, 'state'>;
  metrics: Pick<ApiMetrics, 'staleReads'>;
}

const isFinal = (view: BookingView): boolean => view.outcome !== null;

/**
 * The current state of a booking. Asks its workflow, so that a read is never older than an acknowledged webhook. A final booking no longer
 * changes, so the database answers. When no workflow answers, the stored row is returned and marked as stale.
 */
export async function currentView(stored: BookingView, { gateway, metrics }: ViewDeps): Promise<ShownBooking> {
  if (isFinal(stored)) return stored;
  const fresh = await gateway.state(stored.id);
  // A worker of an earlier build may not know reviews.
  if (fresh) return { ...fresh, review: stored.review };
  metrics.staleReads.inc();
  return { ...stored, stale: true };
}

/** The current states of a page, in order. After the deadline, or once no workflow answers, the rest is shown as stored. */
export async function currentViews(stored: readonly BookingView[], deps: ViewDeps): Promise<ShownBooking[]> {
  const shown: ShownBooking[] = stored.map((view) => (isFinal(view) ? view : { ...view, stale: true }));
  const waiting = stored.flatMap((view, index) => (isFinal(view) ? [] : [index]));
  let over = false;
  const ask = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined && !over; index = waiting.shift()) {
      const view = await currentView(stored[index]!, deps);
      if (over) return;
      shown[index] = view;
      if (view.stale) over = true;
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PAGE_DEADLINE_MS);
  });
  await Promise.race([
    Promise.all(Array.from({ length: Math.min(CONCURRENT_QUERIES, waiting.length) }, ask)),
    deadline,
  ]);
  clearTimeout(timer);
  over = true;
  return shown;
}
