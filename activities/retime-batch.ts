import { instantOf } from '../accepting/dial-times.ts';
import { iso } from '../domain/iso.ts';
import type { BookingOrder } from '../domain/order.ts';
import type { StoredBatch } from '../records/ports/batches.ts';
import { type Feeding, several } from './batch-feeding.ts';

const AT_ONCE = 100;

/** The earlier one of the batch's `not_after` and the row's own, ISO 8601, UTC. Texts that mean no instant there are left aside. */
function notAfterOf({ zones }: BookingOrder, texts: readonly (string | undefined)[]): string | undefined {
  const instants = texts.flatMap((text) => (text === undefined ? [] : [instantOf(text, zones)]));
  const known = instants.filter((at) => typeof at === 'number');
  return known.length === 0 ? undefined : iso(Math.min(...known));
}

/** Tells bookings of a batch its changed `not_after`: their orders first, as the last check before a dial reads these. */
export async function retimeBookingsOf(deps: Feeding, { id, settings }: StoredBatch): Promise<void> {
  const { records, batches } = deps;
  const { not_after: ofBatch } = settings;
  for (;;) {
    const rows = await records.rowsToRetime(id, AT_ONCE);
    if (rows.length === 0) return;
    await several(rows, async ({ booking_id, own_not_after }) => {
      const order = (await records.booking(booking_id))?.order;
      if (!order) return;
      const not_after = notAfterOf(order, [own_not_after, ofBatch]);
      // Signaled even if the order has it already: the process may have ended in between.
      if (await records.retimeBooking(booking_id, not_after)) await batches?.retime(booking_id, not_after);
    });
    const positions = rows.map(({ position }) => position);
    if (!(await records.rowsRetimed(id, positions, ofBatch))) return;
  }
}
