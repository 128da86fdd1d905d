import { iso } from '../domain/iso.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';

/**
 * Signals to a booking that it now holds a line. If its workflow is gone, the line passes to the next booking. If the signal fails, the
 * booking finds out when it looks again. Never throws, because the line has already changed hands.
 */
export async function tellNext(deps: ActivityDependencies, lineId: string, next: string | undefined): Promise<void> {
  const { records, log } = deps;
  let booking_id = next;
  try {
    while (booking_id !== undefined && (await deps.lineHanded(booking_id)) === 'gone') {
      const asked_at = iso(clockOf(deps).now());
      booking_id = await records.releaseLine({ line_id: lineId, booking_id, asked_at });
    }
  } catch (error) {
    log.warn({ booking_id, err: error }, 'could not signal lineHanded: the booking will look again');
  }
}
