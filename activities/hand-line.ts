import { iso } from '../domain/iso.ts';
import type { LineHanded } from '../records/ports/places.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';

/**
 * Signals to bookings that they may dial now. If a workflow is gone, its line and places pass to the next ones. If a signal fails, it is
 * repeated soon (`mindPlaces`). Never throws, because all of it has already changed hands.
 */
export async function tellNext(deps: ActivityDependencies, handed: readonly LineHanded[]): Promise<void> {
  const waiting = [...handed];
  for (let next = waiting.shift(); next; next = waiting.shift()) waiting.push(...(await told(deps, next)));
}

async function told(deps: ActivityDependencies, { line_id, booking_id }: LineHanded): Promise<LineHanded[]> {
  const { records, log } = deps;
  try {
    if ((await deps.lineHanded(booking_id)) === 'told') return [];
    return await records.releaseLine({ line_id, booking_id, asked_at: iso(clockOf(deps).now()) });
  } catch (error) {
    log.warn({ booking_id, err: error }, 'could not signal lineHanded: it will be repeated');
    return [];
  }
}
