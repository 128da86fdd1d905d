import { type Client, ValueError, WorkflowNotFoundError } from '@temporalio/client';
import type { BookingRuns, RunName } from '../domain/booking-runs.ts';
import { isOutcome, mayStillRing } from '../domain/lost-run.ts';
import type { BookingView } from '../domain/view.ts';
import { within } from './within.ts';

/** `NamespaceState` of Temporal's API. */
const REGISTERED = 1;
/** Statuses of a newest run that has not ended. A run that continues as new is not the newest for long. */
const GOING_ON: readonly string[] = ['RUNNING', 'CONTINUED_AS_NEW', 'PAUSED', 'UNKNOWN', 'UNSPECIFIED'];

const ANSWER_MS = 10_000;
/** A query needs a worker. */
const QUERY_MS = 3_000;

export function bookingRuns(client: Client, taskQueue: string): BookingRuns {
  const { namespace } = client.options;
  const ask = <T>(ms: number, call: () => Promise<T>): Promise<T> =>
    within(ms, client.withDeadline(Date.now() + ms, call));
  const handleOf = ({ workflowId, runId }: RunName) => client.workflow.getHandle(workflowId, runId);
  /** Undefined also for an unreadable result: one of them must not stop the look at the others. */
  const resultOf = (workflowId: string, runId: string): Promise<unknown> =>
    ask<unknown>(ANSWER_MS, () => client.workflow.result(workflowId, runId, { followRuns: false })).catch(
      (error: unknown) => {
        if (error instanceof ValueError) return undefined;
        throw error;
      },
    );
  return {
    async check() {
      const { namespaceInfo } = await ask(ANSWER_MS, () => client.workflowService.describeNamespace({ namespace }));
      if (namespaceInfo?.state !== REGISTERED) throw new Error(`the namespace ${namespace} is not in use`);
    },

    async *open() {
      const queue = `'${taskQueue.replaceAll("'", "''")}'`;
      const query = `WorkflowType = 'bookAppointment' AND ExecutionStatus = 'Running' AND TaskQueue = ${queue}`;
      const list = client.workflow.list({ query })[Symbol.asyncIterator]();
      for (;;) {
        const { done, value } = await ask(ANSWER_MS, () => list.next());
        if (done) return;
        yield { workflowId: value.workflowId, runId: value.runId };
      }
    },

    async standing(bookingId) {
      try {
        const { status, runId } = await ask(ANSWER_MS, () => client.workflow.getHandle(bookingId).describe());
        if (GOING_ON.includes(status.name)) return { is: 'open' };
        if (status.name !== 'COMPLETED') return { is: 'gone' };
        const said = await resultOf(bookingId, runId);
        return { is: 'gone', outcome: isOutcome(said) ? said : undefined };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { is: 'gone' };
        throw error;
      }
    },

    async inputOf(execution) {
      const { history } = await ask(ANSWER_MS, () =>
        client.workflowService.getWorkflowExecutionHistory({ namespace, execution, maximumPageSize: 1 }),
      );
      const first = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
      if (!first) return undefined;
      const { payloadCodecs, payloadConverter } = client.options.loadedDataConverter;
      try {
        let payloads = [first];
        for (const codec of payloadCodecs) payloads = await codec.decode(payloads);
        return payloadConverter.fromPayload(payloads[0]!);
      } catch {
        return undefined;
      }
    },

    async mayRing(run) {
      return mayStillRing(await ask(QUERY_MS, () => handleOf(run).query<BookingView>('state')));
    },

    async requestCancel(run) {
      await unlessGone(ask(ANSWER_MS, () => handleOf(run).signal('requestCancel')));
    },

    tellWindow: (bookingId, window) =>
      unlessGone(ask(ANSWER_MS, () => client.workflow.getHandle(bookingId).signal('windowChanged', window))),

    async tell(message) {
      const start = () =>
        client.workflow.start('tellClient', {
          taskQueue,
          workflowId: message.id,
          args: [message],
          // The booking's own run may have begun to send it.
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          staticSummary: `${message.type} of ${message.booking_id}`,
        });
      await ask(ANSWER_MS, start);
    },
  };
}

async function unlessGone(signal: Promise<void>): Promise<boolean> {
  try {
    await signal;
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
