import { proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { LookActivities } from '../activities/interface.ts';
import { movesOn } from './moves-on.ts';

const { lookOver } = proxyActivities<LookActivities>({
  startToCloseTimeout: '20 minutes',
  heartbeatTimeout: '30 s',
  // The next run comes in an hour anyway.
  retry: { initialInterval: '5 s', maximumInterval: '2 minutes', maximumAttempts: 10 },
  summary: 'Hold open bookings and open runs against each other',
});

setWorkflowOptions(movesOn, lookAfterBookings);

/** Every hour: no booking stays open whose run is gone, and no run goes on that is no booking's. */
export async function lookAfterBookings(): Promise<void> {
  await lookOver();
}
