import type { BookingSnapshot } from '../domain/view.ts';
import { maskPhone } from '../providers/mask.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { eventKey } from './event-key.ts';
import { holdLine } from './hold-line.ts';
import type { RecordActivities } from './interface.ts';

/** Writes the read model. */
export const saveSnapshot = ({ records }: ActivityDependencies, snapshot: BookingSnapshot): Promise<void> =>
  records.saveSnapshot({ ...snapshot, events: snapshot.events.map((event) => ({ key: eventKey(event), event })) });

/** Writes to the database: the read model, the lines, the do-not-call list. */
export const recording = (deps: ActivityDependencies): RecordActivities => ({
  saveSnapshot: (snapshot) => saveSnapshot(deps, snapshot),
  takeLine: ({ booking_id, line }) => holdLine(deps, booking_id, line),
  releaseLine: (line) => deps.records.releaseLine(line),
  forbidNumber: ({ booking_id, phone }) =>
    deps.records.forbidNumber({
      phone_hash: deps.phoneHash(phone),
      phone_masked: maskPhone(phone),
      booking_id,
      at: new Date(clockOf(deps).now()).toISOString(),
    }),
});
