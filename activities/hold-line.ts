import { iso } from '../domain/iso.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import type { LineHold } from './interface.ts';

/** Takes the lock on a number, or holds it for longer. While another booking has it, this one waits for its turn. */
export function holdLine(
  deps: ActivityDependencies,
  booking_id: string,
  { id, hold_seconds }: LineHold,
): Promise<{ taken: boolean; of_key: number; over?: boolean | undefined }> {
  const now = clockOf(deps).now();
  return deps.records.takeLine({ line_id: id, booking_id, now: iso(now), until: iso(now + hold_seconds * 1000) });
}
