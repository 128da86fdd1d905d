import { setTimeout as after } from 'node:timers/promises';
import { Client, type ClientOptions, QueryRejectedError, WorkflowNotFoundError } from '@temporalio/client';
import type { ActivityDependencies } from '../activities/dependencies.ts';

const DEADLINE_MS = 5_000;

/** A worker's connection repeats by itself what fails, for longer than a deadline that is given to it. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const enough = new AbortController();
  work.catch(() => undefined);
  const tooLong = after(ms, undefined, { signal: enough.signal, ref: false }).then(() => {
    throw new Error(`no answer within ${ms} ms`);
  });
  tooLong.catch(() => undefined);
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    enough.abort();
  }
}

/**
 * Asks a booking's workflow whether a dial may still leave. Temporal answers a query only once the workflow has taken in every
 * signal and update that came before it. A run that is closed, or gone, wants nothing. Throws when no worker answers in time.
 */
export function dialAsker(
  options: ClientOptions & Required<Pick<ClientOptions, 'dataConverter'>>,
): ActivityDependencies['stillWanted'] {
  // Otherwise a run that was terminated would answer as it stood then.
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
