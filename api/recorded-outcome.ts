import { setTimeout as pause } from 'node:timers/promises';
import type { BookingGateway } from '../delivery/gateway.ts';
import type { BookingRecords, StoredBooking } from '../records/ports/bookings.ts';
import { unavailable } from './problem.ts';

const LOOK_EVERY_MS = 100;
const WAIT_MS = 3_000;

/**
 * The booking, with its outcome where it has one. Reads ask the workflow, so a client may have seen an outcome a moment before it is
 * stored: this waits for that moment.
 * @throws Problem 503 when it takes longer
 */
export async function withRecordedOutcome(
  stored: StoredBooking,
  { records, gateway }: { records: Pick<BookingRecords, 'booking'>; gateway: Pick<BookingGateway, 'state'> },
): Promise<StoredBooking> {
  if (stored.view.outcome !== null) return stored;
  if (!(await gateway.state(stored.order.id))?.outcome) return stored;
  for (let waited = 0; waited <= WAIT_MS; waited += LOOK_EVERY_MS) {
    const now = await records.booking(stored.order.id);
    if (now?.view.outcome) return now;
    await pause(LOOK_EVERY_MS);
  }
  throw unavailable('The outcome of this booking is just being recorded');
}
