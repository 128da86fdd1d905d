import { metricMeter } from '@temporalio/activity';
import { safeMessage } from '../providers/mask.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { BookingActivities } from './interface.ts';

/**
 * Something that will not mend itself (refused credentials, a number that is not ours any more): an error in the log and
 * a counter by kind, for whatever watches the deployment.
 */
export const alarm = (deps: ActivityDependencies): Pick<BookingActivities, 'alarm'> => ({
  async alarm({ booking_id, kind, message }) {
    deps.log.error({ alarm: kind, booking_id }, `ALARM ${kind}: ${safeMessage(message)}`);
    metricMeter.createCounter('vocero_alarms', '1', 'Things that operators must mend').add(1, { kind });
  },
});
