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
import { batchChanged, childEnded } from './messages.ts';
import { tellOfBatch } from './tell-of-batch.ts';

const { feedBatch } = proxyActivities<BatchActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 s',
  retry: { initialInterval: '1 s', maximumInterval: '1 minute' },
  summary: 'Turn the next rows into bookings',
});

/** Turns of one run. Each adds a dozen entries to its history. */
const TURNS = 300;
/** A signal may be lost: after this time without one, rows are compared with their bookings. */
const LOOK_MS = 300_000;
/** Bookings that end together are handled together. */
const GATHER_MS = 1_000;

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
  let changes = 0;
  let ended = 0;
  setHandler(batchChanged, () => {
    changes += 1;
  });
  setHandler(childEnded, () => {
    ended += 1;
  });
  let late = true;
  /** Changes that a thorough turn has seen. */
  let looked = 0;
  for (let turn = 1; ; turn++) {
    const seen = { changes, ended };
    const thorough = late || changes !== looked;
    const { over, completed, canceled, more, next_at, eager } = await feedBatch({ batch_id, thorough });
    if (thorough) looked = seen.changes;
    late = false;
    if (over) {
      if (completed !== undefined) await tell(batch_id, completedMessageId(batch_id, completed));
      if (canceled) await tell(batch_id, canceledMessageId(batch_id));
      if (changes === looked) return;
      continue;
    }
    const { continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
    if (turn >= TURNS || continueAsNewSuggested || targetWorkerDeploymentVersionChanged) await goOnAnew({ batch_id });
    if (more) continue;
    const pause = Math.max(1, Math.min(next_at === undefined ? LOOK_MS : Date.parse(next_at) - Date.now(), LOOK_MS));
    const woken = await condition(() => changes !== looked || ended !== seen.ended, pause);
    late = !woken;
    if (woken && !eager) await condition(() => changes !== looked, GATHER_MS);
  }
}
