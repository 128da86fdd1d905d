import {
  ApplicationFailure,
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { FastifyBaseLogger } from 'fastify';
import { BATCH_PRIORITY } from '../domain/dial-priority.ts';
import { erasureRunId } from '../domain/erasure.ts';
import { followUpRunId, parseCallId } from '../domain/ids.ts';
import type { BookingInput } from '../domain/order.ts';
import { type BookingView, ofAnyVersion } from '../domain/view.ts';
import { bookingRuns } from '../temporal/booking-runs.ts';
import { type Queues, unpolledByCurrent } from '../temporal/pollers.ts';
import { BookingStatusKey } from '../workflows/search-attributes.ts';
import { type BookingGateway, type Health, Unavailable } from './gateway.ts';
import { shortlistRuns } from './shortlist-runs.ts';

const DEADLINE_MS = 3_000;
const QUERY_DEADLINE_MS = 2_000;
const UPDATE_DEADLINE_MS = 2_000;
const HEALTH_DEADLINE_MS = 1_500;
const HEALTH_KEPT_MS = 1_000;
/** A worker that starts polls within moments. */
const UNHEALTHY_KEPT_MS = 100;
const SUMMARY_CHARACTERS = 60;
/**
 * Twice the longest local activity, which must not be carried into the next task (`workflows/local-activities.ts`). The task of a worker that
 * died is given to another one after this time.
 */
const TASK_MS = 20_000;

interface GatewayOptions {
  client: Client;
  /** The task queues that bookings need. */
  queues: Queues;
  log: FastifyBaseLogger;
}

/** Temporal, as the API uses it. Every call has a deadline, because the SDK's client retries for longer than a caller waits. */
export function temporalGateway({ client, queues, log }: GatewayOptions): BookingGateway {
  const within = <T>(milliseconds: number, call: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + milliseconds, call);
  const unavailable = (doing: string, cause: unknown): Unavailable =>
    new Unavailable(`Temporal did not ${doing}`, { cause });

  const { taskQueue } = queues;
  const runs = bookingRuns(client, taskQueue);
  let health: { until: number; answer: Promise<Health> } | undefined;

  const askHealth = async (): Promise<Health> => {
    try {
      const { workflowService, options } = client;
      const unpolled = await within(HEALTH_DEADLINE_MS, () =>
        unpolledByCurrent(workflowService, options.namespace, queues),
      );
      const names = new Set(unpolled.map(({ name }) => name));
      return { temporal: true, worker: names.size === 0, unpolled: [...names] };
    } catch (error) {
      log.debug({ err: error }, 'could not describe the task queues');
      return { temporal: false, worker: false, unpolled: [] };
    }
  };

  /** An update needs a worker to answer it. A signal needs none: Temporal keeps it. */
  const leaveCancellation = async (id: string): Promise<'accepted' | 'not_found'> => {
    try {
      await within(DEADLINE_MS, () => client.workflow.getHandle(id).signal('requestCancel'));
      return 'accepted';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'not_found';
      throw unavailable('take the cancellation', error);
    }
  };

  return {
    async start(input: BookingInput) {
      const { order } = input;
      try {
        await within(DEADLINE_MS, () =>
          client.workflow.start('bookAppointment', {
            taskQueue,
            workflowId: order.id,
            args: [input],
            workflowTaskTimeout: TASK_MS,
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            staticSummary: `Booking · ${[...order.request.service_type].slice(0, SUMMARY_CHARACTERS).join('')}`,
            // For operators, next to the run. Contains no person's name and no number.
            memo: { business: order.business.name, service: order.request.service_type, metadata: order.metadata },
            typedSearchAttributes: [{ key: BookingStatusKey, value: 'queued' }],
            ...(order.batch ? { priority: { priorityKey: BATCH_PRIORITY } } : {}),
          }),
        );
      } catch (error) {
        // The booking's run exists or has closed: this request is a repeat.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw unavailable('start the booking', error);
      }
    },

    async signal(name, evidence) {
      const bookingId = parseCallId(evidence.call_id)?.bookingId;
      if (!bookingId) throw new Error('evidence without a booking cannot be delivered');
      try {
        await within(DEADLINE_MS, () => client.workflow.getHandle(bookingId).signal(name, evidence));
        return 'delivered';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'closed';
        throw unavailable(`take the signal ${name}`, error);
      }
    },

    async followUp(name, evidence) {
      const { call_id } = evidence;
      try {
        await within(DEADLINE_MS, () =>
          client.workflow.signalWithStart('followUp', {
            taskQueue,
            workflowId: followUpRunId(call_id),
            args: [{ call_id }],
            signal: name,
            signalArgs: [evidence],
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            staticSummary: `Follow-up ${call_id}`,
          }),
        );
        return 'delivered';
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'closed';
        throw unavailable('take the follow-up', error);
      }
    },

    async startShortlist(input) {
      try {
        await within(DEADLINE_MS, () =>
          client.workflow.start('askShortlist', {
            taskQueue,
            workflowId: input.id,
            args: [input],
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            staticSummary: `Shortlist · ${input.candidates} candidates`,
          }),
        );
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw unavailable('start the shortlist', error);
      }
    },

    shortlistRuns: shortlistRuns(client, taskQueue),

    cancelShortlist: leaveCancellation,

    async childEnded(parentId, bookingId) {
      try {
        await within(DEADLINE_MS, () => client.workflow.getHandle(parentId).signal('childEnded', bookingId));
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw unavailable('take the end of a booking', error);
      }
    },

    async cancel(bookingId) {
      try {
        const view = await within(UPDATE_DEADLINE_MS, () =>
          client.workflow.getHandle(bookingId).executeUpdate<BookingView, []>('cancel'),
        );
        return { answer: 'accepted', view: ofAnyVersion(view) };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { answer: 'not_found' };
        const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
        if (cause instanceof ApplicationFailure && cause.type === 'BookingFinal') return { answer: 'final' };
        log.debug({ err: error, booking_id: bookingId }, 'no worker answered the cancellation: sent it as a signal');
        return { answer: await leaveCancellation(bookingId) };
      }
    },

    async tell(message) {
      try {
        await within(DEADLINE_MS, () =>
          client.workflow.start('tellClient', {
            taskQueue,
            workflowId: message.id,
            args: [message],
            // A run that pauses between its tries, or is just closing, would send nothing now.
            workflowIdConflictPolicy: 'TERMINATE_EXISTING',
            workflowIdReusePolicy: 'ALLOW_DUPLICATE',
            staticSummary: `${message.type} of ${message.booking_id}`,
          }),
        );
      } catch (error) {
        throw unavailable('take the message', error);
      }
    },

    async erase(bookingId) {
      try {
        await within(DEADLINE_MS, () =>
          client.workflow.start('eraseBooking', {
            taskQueue,
            workflowId: erasureRunId(bookingId),
            args: [{ booking_id: bookingId }],
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'ALLOW_DUPLICATE',
            staticSummary: `Erase ${bookingId}`,
          }),
        );
      } catch (error) {
        throw unavailable('take the erasure', error);
      }
    },

    async standing(bookingId) {
      try {
        return await within(DEADLINE_MS, () => runs.standing(bookingId));
      } catch (error) {
        throw unavailable('say how the run of the booking stands', error);
      }
    },

    async state(bookingId) {
      try {
        return ofAnyVersion(
          await within(QUERY_DEADLINE_MS, () => client.workflow.getHandle(bookingId).query<BookingView>('state')),
        );
      } catch (error) {
        log.debug({ err: error, booking_id: bookingId }, 'could not query the workflow for its state');
        return undefined;
      }
    },

    health() {
      if (health && Date.now() < health.until) return health.answer;
      const asked = { until: Date.now() + HEALTH_KEPT_MS, answer: askHealth() };
      health = asked;
      void asked.answer.then(({ worker }) => {
        if (!worker) asked.until = Date.now() + UNHEALTHY_KEPT_MS;
      });
      return asked.answer;
    },
  };
}
