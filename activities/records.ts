import type { BookingSnapshot } from '../domain/view.ts';
import { maskPhone } from '../providers/mask.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { eventKey } from './event-key.ts';
import { tellNext } from './hand-line.ts';
import { holdLine } from './hold-line.ts';
import type { RecordActivities } from './interface.ts';

/** Writes the read model. */
export async function saveSnapshot(deps: ActivityDependencies, snapshot: BookingSnapshot): Promise<void> {
  const events = snapshot.events.map((event) => ({ key: eventKey(event), event }));
  for (const { line_id, booking_id } of await deps.records.saveSnapshot({ ...snapshot, events })) {
    await tellNext(deps, line_id, booking_id);
  }
}

/** Writes to the database: the read model, the lines, the do-not-call list. */
export const recording = (deps: ActivityDependencies): RecordActivities => ({
  saveSnapshot: (snapshot) => saveSnapshot(deps, snapshot),
  takeLine: ({ booking_id, line }) => holdLine(deps, booking_id, line),
  releaseLine: async (line) => tellNext(deps, line.line_id, await deps.records.releaseLine(line)),
  forbidNumber: ({ booking_id, phone }) =>
    deps.records.forbidNumber({
      phone_hash: deps.phoneHash(phone),
      phone_masked: maskPhone(phone),
      booking_id,
      at: new Date(clockOf(deps).now()).toISOString(),
    }),
});
