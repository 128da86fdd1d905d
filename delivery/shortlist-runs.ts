import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { isShortlistEnd } from '../domain/shortlist/decide.ts';
import { within } from '../temporal/within.ts';
import { Unavailable } from './gateway.ts';
import type { ShortlistRuns } from './resume-shortlist.ts';

const ANSWER_MS = 10_000;
/** Statuses of a newest run that has ended. */
const ENDED: readonly string[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT'];

/** Temporal's runs of shortlists. */
export function shortlistRuns(client: Client, taskQueue: string): ShortlistRuns {
  const ask = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await within(ANSWER_MS, client.withDeadline(Date.now() + ANSWER_MS, call));
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw error;
      throw new Unavailable('Temporal did not answer about the run of a shortlist', { cause: error });
    }
  };
  return {
    async standing(id) {
      try {
        const { status, runId } = await ask(() => client.workflow.getHandle(id).describe());
        if (!ENDED.includes(status.name)) return { is: 'open' };
        if (status.name !== 'COMPLETED') return { is: 'gone' };
        const end: unknown = await ask(() => client.workflow.result(id, runId, { followRuns: false }));
        return { is: 'gone', end: isShortlistEnd(end) ? end : undefined };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { is: 'gone' };
        throw error;
      }
    },

    async resume(input, carried) {
      await ask(() =>
        client.workflow.start('askShortlist', {
          taskQueue,
          workflowId: input.id,
          args: [input, carried],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          staticSummary: `Shortlist · ${input.candidates} candidates`,
        }),
      );
    },
  };
}
