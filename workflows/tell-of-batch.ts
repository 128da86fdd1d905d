import { proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { BatchActivities } from '../activities/batch-interface.ts';
import { batchMessageType } from '../domain/batch/ids.ts';
import { iso } from '../domain/iso.ts';
import { autoUpgrade } from './auto-upgrade.ts';

/** How long delivery is retried. */
const TRY_FOR_MS = 24 * 3_600_000;

setWorkflowOptions(autoUpgrade, tellOfBatch);

/** Delivers the message that a batch is completed or canceled, in a separate run, as `tellClient` does. */
export async function tellOfBatch(input: { batch_id: string; message_id: string }): Promise<'delivered' | 'given_up'> {
  const activities = proxyActivities<BatchActivities>({
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '10 s',
    scheduleToCloseTimeout: TRY_FOR_MS + 3_600_000,
    retry: { initialInterval: '5 s', maximumInterval: '1 h' },
    summary: `Notify the client: ${batchMessageType(input.message_id)}`,
  });
  return activities.tellOfBatch({ ...input, until: iso(Date.now() + TRY_FOR_MS) });
}
