import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  condition,
  makeContinueAsNewFunc,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { BatchActivities } from '../activities/batch-interface.ts';
import { batchMessageType, canceledMessageId, completedMessageId } from '../domain/batch/ids.ts';
import { carryBatch } from './carry-batch.ts';
import { batchChanged, childEnded } from './messages.ts';
import { tellOfBatch } from './tell-of-batch.ts';

const { feedBatch } = proxyActivities<BatchActivities>({
  startToCloseTimeout: '5 minutes',
  // The batch's own calls end meanwhile, and their places stay empty until a worker that died counts as dead.
  heartbeatTimeout: '10 s',
  retry: { initialInterval: '1 s', maximumInterval: '1 minute' },
  summary: 'Turn the next rows into bookings',
});

/** Runs wait for months while a batch is held: each continues on the build that is current then. */
const goOnAnew = (input: { batch_id: string }): Promise<never> => {
  const versioned = workflowInfo().currentDeploymentVersion?.deploymentName !== undefined;
  const begin = makeContinueAsNewFunc<typeof runBatch>(versioned ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {});
  return begin(input);
};

async function tell(batch_id: string, message_id: string): Promise<void> {
  try {
    await startChild(tellOfBatch, {
      workflowId: message_id,
      args: [{ batch_id, message_id }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `${batchMessageType(message_id)} of ${batch_id}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/**
 * Carries a batch: its rows become bookings, some ahead of the calls, until all are final. The rows live in the database, and so do all
 * commands: a signal only says that it is time to look there. New rows start it again after its end.
 */
export async function runBatch({ batch_id }: { batch_id: string }): Promise<void> {
  const heard = { changes: 0, ended: 0 };
  setHandler(batchChanged, () => {
    heard.changes += 1;
  });
  setHandler(childEnded, () => {
    heard.ended += 1;
  });
  await carryBatch(heard, {
    feed: (thorough) => feedBatch({ batch_id, thorough }),
    tell: (how) => tell(batch_id, how === 'canceled' ? canceledMessageId(batch_id) : completedMessageId(batch_id, how)),
    mustGoOnAnew: () => {
      const { continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
      return continueAsNewSuggested || targetWorkerDeploymentVersionChanged;
    },
    goOnAnew: () => goOnAnew({ batch_id }),
    now: () => Date.now(),
    until: condition,
  });
}
