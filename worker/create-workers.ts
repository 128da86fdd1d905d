import type { DataConverter, WorkerDeploymentVersion } from '@temporalio/common';
import {
  type NativeConnection,
  Worker,
  type WorkerDeploymentOptions,
  type WorkerOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type {
  BookingActivities,
  DialActivities,
  EarlierDialActivities,
  ErasureActivities,
  FollowUpActivities,
  LookActivities,
  MessageActivities,
  RecordActivities,
  ShortlistActivities,
} from '../activities/interface.ts';
import { PROVIDERS, type Provider } from '../domain/channels.ts';

export interface WorkersOptions {
  connection: NativeConnection;
  namespace: string;
  /** Task queue of workflows and of all activities except dials. */
  taskQueue: string;
  /** Task queues of the dials, each with its provider's rate limit over all workers. */
  dialQueues: Record<Provider, string>;
  /** Task queue for hanging up and watching. */
  callsQueue: string;
  callsPerSecond: Record<Provider, number>;
  bundle: WorkflowBundleWithSourceMap;
  dataConverter: DataConverter;
  /** undefined: the workers have no version. */
  version?: WorkerDeploymentVersion | undefined;
  activities: BookingActivities &
    RecordActivities &
    DialActivities &
    EarlierDialActivities &
    MessageActivities &
    FollowUpActivities &
    ErasureActivities &
    LookActivities &
    ShortlistActivities;
  concurrentActivities: number;
  concurrentWorkflowTasks: number;
  cachedWorkflows: number;
}

/** Time for dials in progress. The next start recovers a later answer. */
const SHUTDOWN_GRACE = '5 s';

/**
 * A booking stays with the build that began it, including its dials: the dial queues belong to the same version, and Temporal sends a
 * pinned workflow's activities to workers of its version wherever that version has polled their queue.
 */
const pinnedTo = (version: WorkerDeploymentVersion): WorkerDeploymentOptions => ({
  version,
  useWorkerVersioning: true,
  defaultVersioningBehavior: 'PINNED',
});

/**
 * Creates the workers of one process: for bookings; for the dials of each phone provider on a separate queue, because Temporal's rate
 * limit belongs to a queue and must hold over all workers; and for hanging up and watching, which must not wait for a simulation or a
 * client's slow receiver. (The first one handles those, too, for bookings that an earlier version began.)
 */
export async function createWorkers(options: WorkersOptions): Promise<Worker[]> {
  const { dial, dialNative, dialBridge, ...booking } = options.activities;
  const { hangUp, watchLeg } = booking;
  const shared: Partial<WorkerOptions> = {
    connection: options.connection,
    namespace: options.namespace,
    dataConverter: options.dataConverter,
    shutdownGraceTime: SHUTDOWN_GRACE,
    ...(options.version ? { workerDeploymentOptions: pinnedTo(options.version) } : {}),
  };
  const dialer = (provider: Provider): Promise<Worker> =>
    Worker.create({
      ...shared,
      taskQueue: options.dialQueues[provider],
      activities: { dial, dialNative, dialBridge },
      maxTaskQueueActivitiesPerSecond: options.callsPerSecond[provider],
      maxConcurrentActivityTaskExecutions: options.concurrentActivities,
      maxConcurrentActivityTaskPolls: 2,
    });
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: options.taskQueue,
      workflowBundle: options.bundle,
      activities: booking,
      maxConcurrentActivityTaskExecutions: options.concurrentActivities,
      maxConcurrentLocalActivityExecutions: options.concurrentActivities,
      maxConcurrentWorkflowTaskExecutions: options.concurrentWorkflowTasks,
      maxCachedWorkflows: options.cachedWorkflows,
    }),
    Worker.create({
      ...shared,
      taskQueue: options.callsQueue,
      activities: { hangUp, watchLeg },
      maxConcurrentActivityTaskExecutions: options.concurrentActivities,
    }),
    ...PROVIDERS.map(dialer),
  ]);
}

export interface RunningWorkers {
  stop(): void;
  /** Stops the dial workers ahead of the others. Resolves when dials in progress are answered. Never rejects. */
  stopDialing(): Promise<void>;
  /** Resolves when all have drained. */
  done: Promise<void>;
}

/** Runs workers until one of them ends or `stop` is called. The dial workers begin after `dialsAfter`, which must not reject. */
export function runWorkers(
  workers: Worker[],
  dialQueues: WorkersOptions['dialQueues'],
  dialsAfter: Promise<void>,
): RunningWorkers {
  const ending = new Set<Worker>();
  const end = (some: Worker[]): void => {
    for (const worker of some) {
      ending.add(worker);
      if (worker.getState() === 'RUNNING') worker.shutdown();
    }
  };
  const stop = (): void => end(workers);
  const queues = Object.values(dialQueues);
  const isDialer = ({ options }: Worker): boolean => queues.includes(options.taskQueue);
  const run = async (worker: Worker): Promise<void> => {
    if (isDialer(worker)) await dialsAfter;
    // A worker that never ran would keep the connection from closing.
    return ending.has(worker) ? worker.runUntil(Promise.resolve()) : worker.run();
  };
  const runs = workers.map((worker) =>
    run(worker).catch((error: unknown) => {
      stop();
      throw error;
    }),
  );
  return {
    stop,
    async stopDialing() {
      end(workers.filter(isDialer));
      await Promise.allSettled(runs.filter((_, i) => isDialer(workers[i]!)));
    },
    done: Promise.all(runs).then(() => undefined),
  };
}
