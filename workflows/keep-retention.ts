import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, proxyActivities, startChild } from '@temporalio/workflow';
import type { ErasureActivities } from '../activities/interface.ts';
import { erasureRunId } from '../domain/erasure.ts';
import { eraseBooking } from './erase-booking.ts';

const activities = proxyActivities<ErasureActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 s',
  // The next run comes in an hour anyway.
  retry: { initialInterval: '1 s', maximumInterval: '1 minute', maximumAttempts: 20 },
});

const AT_ONCE = 100;
/** Leaves the providers' rate limits to live bookings. The next run continues. */
const BATCHES = 5;

/**
 * Starts the deletions by age; runs every hour (see `worker/schedule-hourly.ts`). A separate run erases each booking. `retention_days`
 * null: bookings are kept, and only files and evidence without a booking are deleted.
 * @returns the number of erasures that it started
 */
export async function keepRetention({ retention_days }: { retention_days: number | null }): Promise<number> {
  let started = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    const due = await activities.beginDueErasures({ retention_days, limit: AT_ONCE });
    for (const id of due) if (await startErasure(id)) started += 1;
    if (due.length < AT_ONCE) break;
  }
  await activities.tidyUp();
  return started;
}

async function startErasure(booking_id: string): Promise<boolean> {
  try {
    await startChild(eraseBooking, {
      workflowId: erasureRunId(booking_id),
      args: [{ booking_id }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: `Erase ${booking_id}`,
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
