import { activityInfo } from '@temporalio/activity';
import { messageOf, safeMessage } from '../../providers/mask.ts';
import { type Check, putOff, skipped } from './check.ts';

const RETRY_MS = 5_000;

/**
 * The decision may be old: a dial waits in its queue, and all processes may have stopped meanwhile. The query makes the workflow read every
 * signal that Temporal has for it, such as a cancel or evidence of another leg, before this dial leaves.
 */
export const workflow: Check = {
  name: 'the workflow',
  async refusal({ deps, plan: { order, call_id } }) {
    const run = { workflowId: order.id, runId: activityInfo().workflowExecution?.runId };
    try {
      return (await deps.stillWanted(run, call_id)) ? undefined : skipped('canceled');
    } catch (error) {
      deps.log.warn(
        { booking_id: order.id, call_id, err: error },
        'could not ask the workflow whether a dial may leave',
      );
      const message = `The booking's workflow did not say whether this dial may leave: ${messageOf(error)}`;
      return putOff(RETRY_MS, 'workflow_silent', safeMessage(message));
    }
  },
};
