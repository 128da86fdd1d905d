import { metricMeter } from '@temporalio/activity';
import { safeMessage } from '../providers/mask.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { BookingActivities } from './interface.ts';

/** What a dial says that an open circuit stopped. */
export const CIRCUIT_OPEN = 'circuit_open';

/** An error in the log, and a counter by kind for whatever watches the deployment. */
export function raiseAlarm(deps: ActivityDependencies, kind: string, message: string, fields: object = {}): void {
  deps.log.error({ alarm: kind, ...fields }, `ALARM ${kind}: ${safeMessage(message)}`);
  if (deps.countAlarm) deps.countAlarm(kind);
  else metricMeter.createCounter('vocero_alarms', '1', 'Things that operators must mend').add(1, { kind });
}

/**
 * Something that will not mend itself (refused credentials, a number that is not ours any more). A thousand bookings that one open
 * circuit stops are one thing: it was told when the circuit opened.
 */
export const alarm = (deps: ActivityDependencies): Pick<BookingActivities, 'alarm'> => ({
  async alarm({ booking_id, kind, message }) {
    if (message === CIRCUIT_OPEN) deps.log.info({ booking_id, kind }, 'a circuit is open: not dialed');
    else raiseAlarm(deps, kind, message, { booking_id });
  },
});
