import { lineIdOf } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { lostEnd, mayStillRing } from '../domain/lost-run.ts';
import { finalMessageOf } from '../domain/message.ts';
import type { BookingView } from '../domain/view.ts';
import type { BookingRecords, StoredBooking } from '../records/ports/bookings.ts';
import type { LineRecords } from '../records/ports/lines.ts';
import type { LookRecords } from '../records/ports/look.ts';
import type { Alarms } from './alarms.ts';
import type { BookingGateway } from './gateway.ts';
import { tellParent } from './tell-parent.ts';
import { type TraceDependencies, traceBooking } from './trace-booking.ts';

export interface EndDependencies {
  records: Pick<BookingRecords, 'booking' | 'putMessage'> &
    Pick<LookRecords, 'endLost' | 'releaseSlotsOf'> &
    Pick<LineRecords, 'releaseLine'> &
    TraceDependencies['records'];
  gateway: Pick<BookingGateway, 'standing' | 'tell' | 'childEnded'>;
  alarms: Pick<Alarms, 'raise'>;
  log: { warn(fields: object, message: string): void };
  /** Milliseconds since 1970. */
  now: () => number;
  settings: { phoneHash: (phone: string) => string };
}

/**
 * Ends a booking whose cancellation found no run, and returns its final view. Undefined: the booking has its outcome, or is getting it now.
 * The outcome of a run that ended without storing it counts, as it would have before the cancellation.
 * @throws Unavailable when Temporal does not say how the run stands.
 */
export async function endWithoutRun(
  { order, sandbox }: StoredBooking,
  { records, gateway, alarms, log, now, settings }: EndDependencies,
): Promise<BookingView | undefined> {
  const standing = await gateway.standing(order.id);
  if (standing.is === 'open') return undefined;
  // The last write of the run may have come after the first look.
  const stored = await records.booking(order.id);
  if (!stored || stored.view.outcome) return undefined;
  const from = now();
  const view = lostEnd({ ...stored.view, cancel_requested: true }, sandbox, standing.outcome, from);
  if (!(await records.endLost(view))) return undefined;
  await traceBooking({ records, log, clock: { now } }, view, from);
  if (standing.outcome) log.warn({ booking_id: order.id }, 'found the unstored outcome of a run: stored it now');
  else {
    const message = 'the run of a booking is gone from Temporal; its cancellation ended the booking';
    alarms.raise('run_lost', message, { booking_id: order.id });
  }
  if (!mayStillRing(stored.view)) {
    // A worker signals to the next booking that it has the line: this process cannot.
    const line_id = lineIdOf(settings.phoneHash(order.business.phone));
    await records.releaseLine({ line_id, booking_id: order.id, asked_at: iso(now()) });
    await records.releaseSlotsOf(order.id);
  }
  await tellParent(view, { childEnded: (...ids) => gateway.childEnded(...ids), log });
  if (order.callback_url) {
    const message = finalMessageOf(view);
    await records.putMessage(message);
    await gateway.tell(message).catch((error: unknown) => {
      log.warn(
        { booking_id: order.id, err: error },
        'could not start the client notification for the end of a booking',
      );
    });
  }
  return standing.outcome ? undefined : view;
}
