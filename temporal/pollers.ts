import type { WorkflowService } from '@temporalio/client';
import proto from '@temporalio/proto';
import { type Channel, isPhoneChannel, PHONE, type Provider } from '../domain/channels.ts';

const { TaskQueueType, WorkerVersioningMode } = proto.temporal.api.enums.v1;

/** A worker's long poll lasts a minute: whoever has not polled for longer is gone, or has its hands full. */
const POLLER_ALIVE_MS = 70_000;

/** The task queues of the bookings, by what they are for. */
export interface Queues {
  /** Of the workflows, and of the activities that have no queue of their own. */
  taskQueue: string;
  /** Of hanging up and watching. */
  callsQueue: string;
  /** Of the dials. */
  dialQueues: Readonly<Partial<Record<Provider, string>>>;
}

/** One queue of tasks of one kind. Temporal counts the pollers of each kind apart, also where the name is the same. */
export interface TaskQueue {
  name: string;
  type: proto.temporal.api.enums.v1.TaskQueueType;
}

/** One build of the product's workers. */
export interface Build {
  deploymentName: string;
  buildId: string;
}

/** Who polls a task queue. A build that is undefined is that of workers that are not versioned. */
interface Pollers {
  /** Which build gets the tasks of new runs. */
  current: Build | undefined;
  /** The builds of all workers that have polled within a minute. */
  builds: (Build | undefined)[];
}

/** Every queue of tasks that a booking needs; that of the workflows comes first. */
export function queuesOf({ taskQueue, callsQueue, dialQueues }: Queues): [TaskQueue, ...TaskQueue[]] {
  const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = TaskQueueType;
  const activities = [taskQueue, callsQueue, ...Object.values(dialQueues)];
  return [
    { name: taskQueue, type: TASK_QUEUE_TYPE_WORKFLOW },
    ...activities.map((name) => ({ name, type: TASK_QUEUE_TYPE_ACTIVITY })),
  ];
}

/** Of these queues those that bookings need which can be attempted over these channels alone. */
export function neededQueues({ taskQueue, callsQueue, dialQueues }: Queues, available: readonly Channel[]): Queues {
  const needed = new Set(available.filter(isPhoneChannel).map((channel) => PHONE[channel].dialedAt));
  return { taskQueue, callsQueue, dialQueues: Object.fromEntries([...needed].map((of) => [of, dialQueues[of]])) };
}

/**
 * Asks Temporal who polls each of these task queues. Where an answer fails, this throws once all have come to their end: the client goes on
 * trying, and throws past everybody when its connection is closed meanwhile.
 */
export async function pollersOf(
  service: WorkflowService,
  namespace: string,
  queues: readonly TaskQueue[],
): Promise<Pollers[]> {
  const asked = queues.map((queue) => askWhoPolls(service, namespace, queue));
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

async function askWhoPolls(service: WorkflowService, namespace: string, { name, type }: TaskQueue): Promise<Pollers> {
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

/** Whether a worker of this build polls; undefined: one that is not versioned. */
export const arePolledBy = ({ builds }: Pollers, build: Build | undefined): boolean =>
  builds.some((one) => one?.buildId === build?.buildId && one?.deploymentName === build?.deploymentName);

/**
 * The queues that no worker polls who would get a new booking's tasks: one of the current build or, where none is current, one that is not
 * versioned. Workers of other builds poll too, and a new booking would wait all the same.
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
