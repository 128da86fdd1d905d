import { setTimeout as after } from 'node:timers/promises';
import proto from '@temporalio/proto';
import { type Deployment, openRunsOf, routingOf, unpolledQueues } from './deployment.ts';
import { FAILED_PRECONDITION, grpcStatusOf, NOT_FOUND } from './grpc-status.ts';
import type { Queues } from './pollers.ts';

const { PINNED_OVERRIDE_BEHAVIOR_PINNED } = proto.temporal.api.workflow.v1.VersioningOverride.PinnedOverrideBehavior;

const LOOK_EVERY_MS = 500;
const PAGE = 200;

/** The version is gone, or somebody else has changed the routing meanwhile. */
const isOvertaken = (error: unknown): boolean => [FAILED_PRECONDITION, NOT_FOUND].includes(grpcStatusOf(error) ?? -1);

/** A change of the routing that is not possible. The message gives a remedy. */
export class CannotPromote extends Error {
  override readonly name = 'CannotPromote';
}

/**
 * Resolves when workers of this build poll every queue.
 * @throws CannotPromote with the queues that nobody polls in time
 */
export async function untilPolled(
  deployment: Deployment,
  buildId: string,
  queues: Queues,
  limitMs: number,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const missing = await unpolledQueues(deployment, buildId, queues);
    if (missing.length === 0) return;
    if (Date.now() >= deadline) {
      throw new CannotPromote(
        `no worker of build ${buildId} polls ${[...new Set(missing)].join(', ')}. Start workers with BUILD_ID=${buildId} and DEPLOYMENT_NAME=${deployment.name} first, or wait for them longer.`,
      );
    }
    await after(Math.min(LOOK_EVERY_MS, Math.max(deadline - Date.now(), 1)));
  }
}

/** Routes all new bookings to a build (undefined: workers without one). May be repeated. Bookings on other builds stay there. */
export async function makeCurrent(
  { service, namespace, name }: Deployment,
  buildId: string | undefined,
  conflictToken?: Uint8Array | null,
): Promise<void> {
  await service.setWorkerDeploymentCurrentVersion({
    namespace,
    deploymentName: name,
    buildId: buildId ?? '',
    ...(conflictToken ? { conflictToken } : {}),
  });
}

/** Routes this share (1 to 99 percent) of new bookings to a build; 0 ends the share. */
export async function ramp({ service, namespace, name }: Deployment, buildId: string, percent: number): Promise<void> {
  await service.setWorkerDeploymentRampingVersion({
    namespace,
    deploymentName: name,
    buildId: percent === 0 ? '' : buildId,
    percentage: percent,
  });
}

/**
 * Makes this build current if there is no current one: otherwise the first versioned workers would poll and never get a task. Of several
 * builds that start at once one wins; none ever replaces another.
 * @returns the current build
 * @throws CannotPromote when Temporal does not learn of the build in time
 */
export async function makeCurrentIfNone(deployment: Deployment, buildId: string, limitMs: number): Promise<string> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    const routing = await routingOf(deployment);
    if (routing?.current) return routing.current;
    try {
      // The token is from a moment without a current build: an older token than the last change is refused.
      if (routing?.conflictToken?.length && routing.builds.some((build) => build.buildId === buildId)) {
        await makeCurrent(deployment, buildId, routing.conflictToken);
      }
    } catch (error) {
      if (!isOvertaken(error)) throw error;
    }
    await after(LOOK_EVERY_MS);
  }
  throw new CannotPromote(`Temporal does not know build ${buildId} yet.`);
}

/**
 * Moves the open runs of a build that cannot run any more to another build (undefined: to the current one at each time), which must be able
 * to replay them.
 * @returns the number of moved runs, without those that ended meanwhile
 */
export async function moveOpenRuns(deployment: Deployment, from: string, to: string | undefined): Promise<number> {
  const { service, namespace, name } = deployment;
  const versioningOverride = to
    ? { pinned: { behavior: PINNED_OVERRIDE_BEHAVIOR_PINNED, version: { deploymentName: name, buildId: to } } }
    : { autoUpgrade: true };
  let moved = 0;
  let nextPageToken: Uint8Array | null | undefined;
  do {
    const page = await service.listWorkflowExecutions({
      namespace,
      query: openRunsOf(deployment, from),
      pageSize: PAGE,
      ...(nextPageToken?.length ? { nextPageToken } : {}),
    });
    for (const { execution } of page.executions ?? []) {
      const done = await service
        .updateWorkflowExecutionOptions({
          namespace,
          workflowExecution: execution,
          workflowExecutionOptions: { versioningOverride },
          updateMask: { paths: ['versioning_override'] },
        })
        .then(() => true)
        .catch((error: unknown) => {
          if (isOvertaken(error)) return false;
          throw error;
        });
      if (done) moved += 1;
    }
    nextPageToken = page.nextPageToken;
  } while (nextPageToken?.length);
  return moved;
}
