import { iso } from '../domain/iso.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';

/**
 * Tells the booking that a line was handed to. One whose workflow is gone passes it on; one that cannot be told now finds out when it
 * looks by itself. Never throws: the line is handed over already.
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
    log.warn({ booking_id, err: error }, 'could not tell a booking that it has got the line: it will look by itself');
  }
}
