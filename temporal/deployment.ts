import type { WorkflowService } from '@temporalio/client';
import proto from '@temporalio/proto';
import { grpcStatusOf, NOT_FOUND } from './grpc-status.ts';
import { arePolledBy, pollersOf, type Queues, queuesOf } from './pollers.ts';

const { WorkerDeploymentVersionStatus: Status } = proto.temporal.api.enums.v1;

/** A Worker Deployment of Temporal: the product's workers in all their builds. */
export interface Deployment {
  /** Service of a client's connection or of a worker's. */
  service: WorkflowService;
  namespace: string;
  name: string;
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
  const all = queuesOf(queues);
  const build = { deploymentName: deployment.name, buildId };
  const [known, pollers] = await Promise.all([
    knownQueues(deployment, buildId),
    pollersOf(deployment.service, deployment.namespace, all),
  ]);
  return all.flatMap(({ name, type }, i) =>
    arePolledBy(pollers[i]!, build) && known.has(`${name} ${type}`) ? [] : [name],
  );
}

async function knownQueues({ service, namespace, name }: Deployment, buildId: string): Promise<Set<string>> {
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

/** Visibility query for the runs pinned to a build. Other runs continue on the current build by themselves. */
export const openRunsOf = ({ name }: Deployment, buildId: string): string =>
  `TemporalWorkerDeploymentVersion = '${name}:${buildId}' AND TemporalWorkflowVersioningBehavior = 'Pinned' AND ExecutionStatus = 'Running'`;

/** All builds that Temporal remembers, with the runs that still need them. Counts lag by about a second. */
export async function buildStates(deployment: Deployment, queues: Queues): Promise<BuildState[]> {
  const { service, namespace, name: deploymentName } = deployment;
  const [workflows] = queuesOf(queues);
  const [routing, [pollers]] = await Promise.all([routingOf(deployment), pollersOf(service, namespace, [workflows])]);
  return Promise.all(
    (routing?.builds ?? []).map(async ({ buildId, status }) => {
      const query = openRunsOf(deployment, buildId);
      const { count } = await service.countWorkflowExecutions({ namespace, query });
      const polled = arePolledBy(pollers!, { deploymentName, buildId });
      return { buildId, state: STATES[status] ?? 'not used yet', openRuns: Number(count), polled };
    }),
  );
}
