import { iso } from '../domain/iso.ts';
import type { LineRecords } from '../records/ports/lines.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import type { LineHold } from './interface.ts';

/**
 * Takes a number's line, or extends it. While another booking holds it, this booking waits for it. `phone_hashes`: hashes under which the
 * do-not-call list may have the number; if given, a listed number gets no line.
 */
export function holdLine(
  deps: ActivityDependencies,
  booking_id: string,
  { id, hold_seconds }: LineHold,
  phone_hashes?: readonly string[],
): ReturnType<LineRecords['takeLine']> {
  const now = clockOf(deps).now();
  const until = iso(now + hold_seconds * 1000);
  return deps.records.takeLine({ line_id: id, booking_id, now: iso(now), until, phone_hashes });
}
