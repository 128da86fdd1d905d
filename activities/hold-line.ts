import { iso } from '../domain/iso.ts';
import type { LineRecords } from '../records/ports/lines.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { tellNext } from './hand-line.ts';
import { wantedBy } from './hold-slots.ts';
import type { LineHold, RecordActivities } from './interface.ts';

/**
 * Takes a number's line, or extends it. While another booking holds it, this booking waits for it. `phone_hashes`: hashes under which the
 * do-not-call list may have the number; if given, a listed number gets no line. `places`: those of the next call.
 * `for_dial`: waits while dialing is held.
 */
export function holdLine(
  deps: ActivityDependencies,
  booking_id: string,
  { id, hold_seconds }: LineHold,
  more: Pick<Parameters<LineRecords['takeLine']>[0], 'phone_hashes' | 'places' | 'for_dial'>,
): ReturnType<LineRecords['takeLine']> {
  const now = clockOf(deps).now();
  const until = iso(now + hold_seconds * 1000);
  return deps.records.takeLine({ line_id: id, booking_id, now: iso(now), until, ...more });
}

/**
 * Takes the line with the places of the booking's next call. While another booking holds the number, or no place is free, this booking
 * waits for its turn and is signaled.
 */
export async function takeLine(
  deps: ActivityDependencies,
  { booking_id, line, next }: Parameters<RecordActivities['takeLine']>[0],
): ReturnType<RecordActivities['takeLine']> {
  const wanted = next ? wantedBy(deps, next.channel, next.batch) : [];
  const places = next && wanted.length > 0 ? { call_id: next.call_id, batch: next.batch ?? null, wanted } : undefined;
  const { handed = [], ...answer } = await holdLine(deps, booking_id, line, { places, for_dial: true });
  await tellNext(deps, handed);
  return answer;
}
