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

interface EndDependencies {
  records: Pick<BookingRecords, 'booking' | 'putMessage'> &
    Pick<LookRecords, 'endLost' | 'releaseSlotsOf'> &
    Pick<LineRecords, 'releaseLine'>;
  gateway: Pick<BookingGateway, 'standing' | 'tell'>;
  alarms: Pick<Alarms, 'raise'>;
  log: { warn(fields: object, message: string): void };
  /** Milliseconds since 1970. */
  now: () => number;
  settings: { phoneHash: (phone: string) => string };
}

/**
 * Ends a booking whose cancellation found no run, and gives it as it is then; undefined: it has its outcome, or gets it in this moment.
 * A run that came to an end which was never written counts, as it would have before the cancellation.
 * @throws Unavailable when the engine does not say how the run stands.
 */
export async function endWithoutRun(
  { order, sandbox }: StoredBooking,
  { records, gateway, alarms, log, now, settings }: EndDependencies,
): Promise<BookingView | undefined> {
  const standing = await gateway.standing(order.id);
  if (standing.is === 'open') return undefined;
  // Its last write may have come since it was looked at.
  const stored = await records.booking(order.id);
  if (!stored || stored.view.outcome) return undefined;
  const view = lostEnd({ ...stored.view, cancel_requested: true }, sandbox, standing.outcome, now());
  if (!(await records.endLost(view))) return undefined;
  if (standing.outcome) log.warn({ booking_id: order.id }, 'the outcome of a run was not on record: written now');
  else {
    const message = 'the run of a booking is gone from Temporal; its cancellation has ended it';
    alarms.raise('run_lost', message, { booking_id: order.id });
  }
  if (!mayStillRing(stored.view)) {
    // The next one that waits for the line looks by itself: this process has no way to tell it.
    const line_id = lineIdOf(settings.phoneHash(order.business.phone));
    await records.releaseLine({ line_id, booking_id: order.id, asked_at: iso(now()) });
    await records.releaseSlotsOf(order.id);
  }
  if (order.callback_url) {
    const message = finalMessageOf(view);
    await records.putMessage(message);
    await gateway.tell(message).catch((error: unknown) => {
      log.warn({ booking_id: order.id, err: error }, 'could not have the client told of the end of a booking');
    });
  }
  return standing.outcome ? undefined : view;
}
