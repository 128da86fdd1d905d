import { proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { LookActivities } from '../activities/interface.ts';
import { autoUpgrade } from './auto-upgrade.ts';

const { lookOver } = proxyActivities<LookActivities>({
  startToCloseTimeout: '20 minutes',
  heartbeatTimeout: '30 s',
  // The next run comes in an hour anyway.
  retry: { initialInterval: '5 s', maximumInterval: '2 minutes', maximumAttempts: 10 },
  summary: 'Compare open bookings with open runs',
});

setWorkflowOptions(autoUpgrade, lookAfterBookings);

/** Runs every hour: ends open bookings whose run is gone, and stops runs without a booking. */
export async function lookAfterBookings(): Promise<void> {
  await lookOver();
}
