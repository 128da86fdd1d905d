import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  continueAsNew,
  executeChild,
  ParentClosePolicy,
  proxyActivities,
  setWorkflowOptions,
} from '@temporalio/workflow';
import type { BatchActivities } from '../activities/batch-interface.ts';
import { erasureRunId } from '../domain/erasure.ts';
import { autoUpgrade } from './auto-upgrade.ts';
import { eraseBooking } from './erase-booking.ts';

const activities = proxyActivities<BatchActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 s',
  retry: { initialInterval: '1 s', maximumInterval: '10 minutes' },
  summary: 'Erase a batch',
});

setWorkflowOptions(autoUpgrade, eraseBatch);

/** Erases one booking; if that goes on already, its own run does it. */
async function erased(booking_id: string): Promise<void> {
  try {
    await executeChild(eraseBooking, {
      workflowId: erasureRunId(booking_id),
      args: [{ booking_id }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: `Erase ${booking_id}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/**
 * Erases a batch whose erasure has begun: its bookings, here and at the providers, for as long as that takes, and then its rows and itself.
 * Its own history contains only ids.
 */
export async function eraseBatch({ batch_id, after = 0 }: { batch_id: string; after?: number }): Promise<void> {
  const { booking_ids, next } = await activities.beginBatchErasures({ batch_id, after });
  await Promise.all(booking_ids.map(erased));
  if (next !== undefined) await continueAsNew<typeof eraseBatch>({ batch_id, after: next });
  await activities.forgetBatch({ batch_id });
  await activities.finishBatchErasure({ batch_id });
}
