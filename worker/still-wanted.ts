import { Client, type ClientOptions, QueryRejectedError, WorkflowNotFoundError } from '@temporalio/client';
import type { ActivityDependencies } from '../activities/dependencies.ts';
import { within } from '../temporal/within.ts';

const DEADLINE_MS = 5_000;

/**
 * Asks a booking's workflow whether a dial may still leave. Temporal answers a query only after the workflow has processed all earlier
 * signals and updates. A closed or deleted run wants no dial. Throws when no worker answers in time.
 */
export function stillWantedQuery(
  options: ClientOptions & Required<Pick<ClientOptions, 'dataConverter'>>,
): ActivityDependencies['stillWanted'] {
  // Otherwise a terminated run would answer with its last state.
  const client = new Client({ ...options, workflow: { queryRejectCondition: 'NOT_OPEN' } });
  return async ({ workflowId, runId }, callId) => {
    const run = client.workflow.getHandle(workflowId, runId);
    try {
      return await within(DEADLINE_MS, run.query<boolean, [string]>('stillWanted', callId));
    } catch (error) {
      if (error instanceof WorkflowNotFoundError || error instanceof QueryRejectedError) return false;
      throw error;
    }
  };
}
