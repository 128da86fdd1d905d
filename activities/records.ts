import type { Evidence } from '../domain/evidence.ts';
import { parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import type { BookingSnapshot } from '../domain/view.ts';
import { maskPhone } from '../providers/mask.ts';
import { UnknownBooking } from '../records/unknown-booking.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { eventKey } from './event-key.ts';
import { tellNext } from './hand-line.ts';
import { takeLine } from './hold-line.ts';
import type { RecordActivities } from './interface.ts';
import { tellOfSparedCall } from './spared-call.ts';
import { watchCallers } from './watch-callers.ts';

/** Writes the read model. */
export async function saveSnapshot(deps: ActivityDependencies, snapshot: BookingSnapshot): Promise<void> {
  const events = snapshot.events.map((event) => ({ key: eventKey(event), event }));
  await tellNext(deps, await deps.records.saveSnapshot({ ...snapshot, events }));
  await watchCallers(deps, snapshot);
  await tellOfSparedCall(deps, snapshot.view);
}

/** Recorded evidence of one attempt's result. A deleted booking has none. */
async function heardSoFar(
  { records }: ActivityDependencies,
  { call_id, ...ids }: Parameters<RecordActivities['heardSoFar']>[0],
): Promise<Evidence[]> {
  const bookingId = parseCallId(call_id)?.bookingId;
  if (bookingId === undefined) return [];
  try {
    await records.claimFor(call_id, ids);
  } catch (error) {
    if (error instanceof UnknownBooking) return [];
    throw error;
  }
  const all = await records.evidence(bookingId);
  return all.filter((one) => one.call_id === call_id && (one.kind === 'report' || one.kind === 'conversation'));
}

/** Short writes and reads of the database: the read model, lines, the do-not-call list, evidence. */
export const recordActivities = (deps: ActivityDependencies): RecordActivities => ({
  saveSnapshot: (snapshot) => saveSnapshot(deps, snapshot),
  takeLine: (wanted) => takeLine(deps, wanted),
  heardSoFar: (attempt) => heardSoFar(deps, attempt),
  releaseLine: async (line) => tellNext(deps, await deps.records.releaseLine(line)),
  async recall({ booking_id }) {
    const dials = await deps.records.dialsOf(booking_id);
    return { dials, evidence: dials.length === 0 ? [] : await deps.records.evidence(booking_id) };
  },
  forbidNumber: ({ booking_id, call_id, phone }) =>
    deps.records.forbidNumber({
      call_id,
      phone_hash: deps.phoneHash(phone),
      phone_masked: maskPhone(phone),
      booking_id,
      at: iso(clockOf(deps).now()),
    }),
});
