import { ALARM_AGAIN_MS, isBeingBlocked, LAST_CALLS } from '../domain/rejected-share.ts';
import { rejectionIn } from '../domain/rejection.ts';
import type { BookingSnapshot } from '../domain/view.ts';
import { maskPhone } from '../providers/mask.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';

/**
 * Raises the alarm when too many calls from the number of a rejected call were rejected. Called for each write of a booking, once the
 * evidence is stored; a fault here must not fail the write.
 */
export async function watchCallers(deps: ActivityDependencies, { events, view }: BookingSnapshot): Promise<void> {
  const calls = events.flatMap((event) =>
    event.type === 'evidence' && rejectionIn(event.evidence) !== undefined ? [event.evidence.call_id] : [],
  );
  for (const call_id of new Set(calls)) {
    try {
      const found = await deps.records.callsBeside(call_id, LAST_CALLS);
      if (!found || !isBeingBlocked(found.rejected)) continue;
      if (!(await deps.records.takeCallerAlarm(found.caller, clockOf(deps).now(), ALARM_AGAIN_MS))) continue;
      const caller = maskPhone(found.caller);
      const rejected = found.rejected.filter(Boolean).length;
      const message = `${rejected} of the last ${found.rejected.length} calls from ${caller} were declined or blocked`;
      deps.alarms.raise('calls_rejected', message, { caller, rejected, calls: found.rejected.length });
    } catch (error) {
      deps.log.warn({ booking_id: view.id, call_id, err: error }, 'could not count the rejected calls of a number');
    }
  }
}
