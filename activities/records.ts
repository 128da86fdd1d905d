import { maskPhone } from '../providers/mask.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import type { RecordActivities } from './interface.ts';

/** Writes to the read model. */
export const recording = (deps: ActivityDependencies): RecordActivities => ({
  saveSnapshot: (snapshot) => deps.records.saveSnapshot(snapshot),
  forbidNumber: ({ booking_id, phone }) =>
    deps.records.forbidNumber({
      phone_hash: deps.phoneHash(phone),
      phone_masked: maskPhone(phone),
      booking_id,
      at: new Date(clockOf(deps).now()).toISOString(),
    }),
});
