import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { batchErasureRunId } from '../domain/batch/ids.ts';
import { Unavailable } from './gateway.ts';

const DEADLINE_MS = 3_000;

/** Temporal, as far as batches need it. */
export interface BatchGateway {
  /**
   * Has the batch's workflow look at its batch in the database, and starts the workflow if none is open.
   * @throws Unavailable
   */
  wake(batchId: string): Promise<void>;
  /**
   * Signals another `not_after` (ISO 8601, UTC) to the workflow of a booking. One that has ended needs no signal.
   * @throws Unavailable
   */
  retime(bookingId: string, not_after: string | undefined): Promise<void>;
  /**
   * Starts the run that erases a batch whose erasure has begun. A run that exists already is left alone.
   * @throws Unavailable
   */
  erase(batchId: string): Promise<void>;
}

export function batchGateway(client: Client, taskQueue: string): BatchGateway {
  const asked = async (doing: string, call: () => Promise<unknown>): Promise<void> => {
    try {
      await client.withDeadline(Date.now() + DEADLINE_MS, call);
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError) return;
      throw new Unavailable(`Temporal did not ${doing}`, { cause: error });
    }
  };
  return {
    wake: (batchId) =>
      asked('take the change of the batch', () =>
        client.workflow.signalWithStart('runBatch', {
          taskQueue,
          workflowId: batchId,
          args: [{ batch_id: batchId }],
          signal: 'batchChanged',
          // A batch that is completed is reopened by new rows.
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          staticSummary: `Batch ${batchId}`,
        }),
      ),
    retime: (bookingId, not_after) =>
      asked('take the changed time of a booking', () =>
        client.workflow.getHandle(bookingId).signal('notAfterChanged', not_after ?? null),
      ),
    erase: (batchId) =>
      asked('take the erasure of the batch', () =>
        client.workflow.start('eraseBatch', {
          taskQueue,
          workflowId: batchErasureRunId(batchId),
          args: [{ batch_id: batchId }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          staticSummary: `Erase ${batchId}`,
        }),
      ),
  };
}
