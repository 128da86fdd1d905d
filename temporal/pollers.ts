import type { WorkflowService } from '@temporalio/client';
import proto from '@temporalio/proto';
import { type Channel, isPhoneChannel, PHONE, type Provider } from '../domain/channels.ts';

const { TaskQueueType, WorkerVersioningMode } = proto.temporal.api.enums.v1;

/** A worker's long poll lasts a minute: a worker that has not polled for longer is gone, or has no free slot. */
const POLLER_ALIVE_MS = 70_000;

/** Task queues of the bookings, by purpose. */
export interface Queues {
  /** Workflows, and activities that need no separate queue. */
  taskQueue: string;
  /** Hanging up and watching. */
  callsQueue: string;
  /** Dials, by provider. */
  dialQueues: Readonly<Partial<Record<Provider, string>>>;
}

/** Queue of one type of task. Temporal counts pollers by type, even under one name. */
export interface TaskQueue {
  name: string;
  type: proto.temporal.api.enums.v1.TaskQueueType;
}

/** A build of the product's workers. */
export interface Build {
  deploymentName: string;
  buildId: string;
}

/** Pollers of a task queue. An undefined build means workers without a version. */
interface Pollers {
  /** Build that gets the tasks of new runs. */
  current: Build | undefined;
  /** Builds of the workers that polled lately. */
  builds: (Build | undefined)[];
}

/** All task queues, the workflows' first. */
export function queuesOf({ taskQueue, callsQueue, dialQueues }: Queues): [TaskQueue, ...TaskQueue[]] {
  const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = TaskQueueType;
  const activities = [taskQueue, callsQueue, ...Object.values(dialQueues)];
  return [
    { name: taskQueue, type: TASK_QUEUE_TYPE_WORKFLOW },
    ...activities.map((name) => ({ name, type: TASK_QUEUE_TYPE_ACTIVITY })),
  ];
}

/** Those of the queues that bookings need where only these channels are available. */
export function neededQueues({ taskQueue, callsQueue, dialQueues }: Queues, available: readonly Channel[]): Queues {
  const needed = new Set(available.filter(isPhoneChannel).map((channel) => PHONE[channel].dialedAt));
  return { taskQueue, callsQueue, dialQueues: Object.fromEntries([...needed].map((of) => [of, dialQueues[of]])) };
}

/**
 * Pollers of each task queue. Throws the first error only after every request has ended: the client keeps retrying them, and if its
 * connection is closed meanwhile, it throws where nobody can catch it.
 */
export async function pollersOf(
  service: WorkflowService,
  namespace: string,
  queues: readonly TaskQueue[],
): Promise<Pollers[]> {
  const asked = queues.map((queue) => describe(service, namespace, queue));
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

async function describe(service: WorkflowService, namespace: string, { name, type }: TaskQueue): Promise<Pollers> {
  const { pollers, versioningInfo } = await service.describeTaskQueue({
    namespace,
    taskQueue: { name },
    taskQueueType: type,
  });
  const oldest = (Date.now() - POLLER_ALIVE_MS) / 1_000;
  const alive = (pollers ?? []).filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) >= oldest);
  const isVersioned = WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED;
  return {
    current: buildOf(versioningInfo?.currentDeploymentVersion),
    builds: alive.map(({ deploymentOptions: of }) =>
      of?.workerVersioningMode === isVersioned ? buildOf(of) : undefined,
    ),
  };
}

const buildOf = (of: { deploymentName?: string | null; buildId?: string | null } | null | undefined) =>
  of?.buildId ? { deploymentName: of.deploymentName ?? '', buildId: of.buildId } : undefined;

/** Whether a worker of this build polls. Undefined: a worker without a version. */
export const arePolledBy = ({ builds }: Pollers, build: Build | undefined): boolean =>
  builds.some((one) => one?.buildId === build?.buildId && one?.deploymentName === build?.deploymentName);

/**
 * Queues that no worker of the current build polls, or, if no build is current, no worker without a version. Workers of other builds may
 * poll them, but a new booking's tasks wait.
 */
export async function unpolledByCurrent(
  service: WorkflowService,
  namespace: string,
  queues: Queues,
): Promise<TaskQueue[]> {
  const all = queuesOf(queues);
  const pollers = await pollersOf(service, namespace, all);
  const { current } = pollers[0]!;
  return all.filter((_, i) => !arePolledBy(pollers[i]!, current));
}
