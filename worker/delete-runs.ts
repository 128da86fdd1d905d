import { type Client, isGrpcServiceError } from '@temporalio/client';
import { NOT_FOUND } from '../temporal/grpc-status.ts';

/**
 * Deletes every run of the given workflow ids from Temporal, with its history, which also terminates running ones. Temporal deletes
 * asynchronously: returns the number of runs that it still lists, 0 once all are gone.
 */
export function runDeleter(client: Client): (workflowIds: string[]) => Promise<number> {
  const forget = async (workflowId: string, runId?: string): Promise<void> => {
    try {
      await client.workflowService.deleteWorkflowExecution({
        namespace: client.options.namespace,
        workflowExecution: { workflowId, ...(runId === undefined ? {} : { runId }) },
      });
    } catch (error) {
      if (!(isGrpcServiceError(error) && error.code === NOT_FOUND)) throw error;
    }
  };
  return async (workflowIds) => {
    // Deletes the newest run by its id alone, because the list lags behind.
    for (const id of workflowIds) await forget(id);
    const names = workflowIds.map((id) => `'${id.replaceAll("'", "''")}'`).join(', ');
    let listed = 0;
    for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowId IN (${names})` })) {
      listed += 1;
      await forget(workflowId, runId);
    }
    return listed;
  };
}
