import type { WorkflowService } from '@temporalio/client';
import proto from '@temporalio/proto';
import { grpcStatusOf, NOT_FOUND } from './grpc-status.ts';

const { TaskQueueType, WorkerDeploymentVersionStatus: Status } = proto.temporal.api.enums.v1;

/** A Worker Deployment of Temporal: the product's workers in all their builds. */
export interface Deployment {
  /** Service of a client's connection or of a worker's. */
  service: WorkflowService;
  namespace: string;
  name: string;
}

export interface Queues {
  /** Task queue of the workflows. */
  taskQueue: string;
  dialQueues: Readonly<Record<string, string>>;
}

/** The builds that get new bookings. */
interface Routing {
  /** undefined: workers without a version. */
  current?: string | undefined;
  ramping?: { buildId: string; percent: number } | undefined;
  /** Makes a change fail when somebody else has changed the routing meanwhile. */
  conflictToken?: Uint8Array | null | undefined;
  builds: { buildId: string; status: number }[];
}

interface BuildState {
  buildId: string;
  /** `drained`: Temporal has confirmed, some minutes after the last run ended, that no run needs this build any more. */
  state: 'not used yet' | 'current' | 'ramping' | 'draining' | 'drained';
  /** Number of open runs pinned to this build: bookings, and messages to their clients. */
  openRuns: number;
  /** A worker of this build polls the bookings' queue. */
  polled: boolean;
}

/** A worker's long poll lasts a minute: a worker that has not polled for longer is gone. */
const POLLER_ALIVE_MS = 70_000;

const STATES: Partial<Record<number, BuildState['state']>> = {
  [Status.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT]: 'current',
  [Status.WORKER_DEPLOYMENT_VERSION_STATUS_RAMPING]: 'ramping',
  [Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING]: 'draining',
  [Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED]: 'drained',
};

/** Temporal's current routing; undefined before the first versioned worker has polled. */
export async function routingOf({ service, namespace, name }: Deployment): Promise<Routing | undefined> {
  try {
    const answer = await service.describeWorkerDeployment({ namespace, deploymentName: name });
    const { routingConfig, versionSummaries } = answer.workerDeploymentInfo ?? {};
    const ramping = routingConfig?.rampingDeploymentVersion?.buildId;
    return {
      current: routingConfig?.currentDeploymentVersion?.buildId || undefined,
      ramping: ramping ? { buildId: ramping, percent: routingConfig?.rampingVersionPercentage ?? 0 } : undefined,
      conflictToken: answer.conflictToken,
      builds: (versionSummaries ?? []).flatMap(({ deploymentVersion, status }) =>
        deploymentVersion?.buildId ? [{ buildId: deploymentVersion.buildId, status: status ?? 0 }] : [],
      ),
    };
  } catch (error) {
    if (grpcStatusOf(error) === NOT_FOUND) return undefined;
    throw error;
  }
}

/**
 * The product's queues that no worker of this build polls, or that Temporal does not assign to the build yet: both follow the first poll
 * with a delay.
 */
export async function unpolledQueues(deployment: Deployment, buildId: string, queues: Queues): Promise<string[]> {
  const { TASK_QUEUE_TYPE_WORKFLOW: workflows, TASK_QUEUE_TYPE_ACTIVITY: activities } = TaskQueueType;
  const all = [
    [queues.taskQueue, workflows],
    ...[queues.taskQueue, ...Object.values(queues.dialQueues)].map((queue) => [queue, activities]),
  ] as [string, proto.temporal.api.enums.v1.TaskQueueType][];
  const [known, ...polled] = await Promise.all([
    queuesOf(deployment, buildId),
    ...all.map(([queue, type]) => isPolled(deployment, buildId, queue, type)),
  ]);
  return all.flatMap(([queue, type], index) => (polled[index] && known.has(`${queue} ${type}`) ? [] : [queue]));
}

async function queuesOf({ service, namespace, name }: Deployment, buildId: string): Promise<Set<string>> {
  try {
    const { versionTaskQueues } = await service.describeWorkerDeploymentVersion({
      namespace,
      deploymentVersion: { deploymentName: name, buildId },
    });
    return new Set((versionTaskQueues ?? []).map((queue) => `${queue.name} ${queue.type}`));
  } catch (error) {
    if (grpcStatusOf(error) === NOT_FOUND) return new Set();
    throw error;
  }
}

async function isPolled(
  { service, namespace, name }: Deployment,
  buildId: string,
  queue: string,
  taskQueueType: proto.temporal.api.enums.v1.TaskQueueType,
): Promise<boolean> {
  const { pollers } = await service.describeTaskQueue({ namespace, taskQueue: { name: queue }, taskQueueType });
  const oldest = (Date.now() - POLLER_ALIVE_MS) / 1_000;
  return (pollers ?? []).some(
    ({ deploymentOptions: of, lastAccessTime }) =>
      of?.deploymentName === name && of.buildId === buildId && Number(lastAccessTime?.seconds ?? 0) >= oldest,
  );
}

/** Visibility query for the runs pinned to a build. Other runs continue on the current build by themselves. */
export const openRunsOf = ({ name }: Deployment, buildId: string): string =>
  `TemporalWorkerDeploymentVersion = '${name}:${buildId}' AND TemporalWorkflowVersioningBehavior = 'Pinned' AND ExecutionStatus = 'Running'`;

/** All builds that Temporal remembers, with the runs that still need them. Counts lag by about a second. */
export async function buildStates(deployment: Deployment, taskQueue: string): Promise<BuildState[]> {
  const { service, namespace } = deployment;
  const routing = await routingOf(deployment);
  return Promise.all(
    (routing?.builds ?? []).map(async ({ buildId, status }) => {
      const [{ count }, polled] = await Promise.all([
        service.countWorkflowExecutions({ namespace, query: openRunsOf(deployment, buildId) }),
        isPolled(deployment, buildId, taskQueue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
      ]);
      return { buildId, state: STATES[status] ?? 'not used yet', openRuns: Number(count), polled };
    }),
  );
}
