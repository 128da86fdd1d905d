import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { type Deployment, routingOf } from '../temporal/deployment.ts';
import { makeCurrent, makeCurrentIfNone, moveOpenRuns, untilPolled } from '../temporal/promote.ts';

const REGISTERED_MS = 30_000;

/**
 * Makes sure that workers which have begun to poll get tasks. Next to other builds this helps the very first one only. An embedded server
 * has no other workers, so there they take over everything, including the runs of another build. Never throws: polling workers are useful
 * even when this fails, and the log gives a remedy.
 */
export async function adoptFirstBuild(
  service: Deployment['service'],
  { temporal }: Pick<Config, 'temporal'>,
  log: Logger,
  stopping: () => boolean,
): Promise<void> {
  const { buildId, deploymentName: name, namespace, external } = temporal;
  if (!buildId && external) return;
  const deployment: Deployment = { service, namespace, name };
  try {
    if (buildId) await untilPolled(deployment, buildId, temporal, REGISTERED_MS);
    await (buildId && external ? takeTurn(deployment, buildId, log) : takeOver(deployment, buildId, log));
  } catch (error) {
    if (stopping()) return;
    log.error(
      { err: error, build_id: buildId },
      'could not make this build current: see npm run deploy:status, and npm run deploy:promote',
    );
  }
}

async function takeTurn(deployment: Deployment, buildId: string, log: Logger): Promise<void> {
  const current = await makeCurrentIfNone(deployment, buildId, REGISTERED_MS);
  if (current === buildId) return log.info({ build_id: buildId }, 'this build takes new bookings');
  log.info(
    { build_id: buildId, current },
    'another build takes new bookings, until this one is promoted: npm run deploy:promote',
  );
}

async function takeOver(deployment: Deployment, buildId: string | undefined, log: Logger): Promise<void> {
  const routing = await routingOf(deployment);
  // No worker here has ever had a build.
  if (!routing) return;
  await makeCurrent(deployment, buildId);
  for (const { buildId: other } of routing.builds) {
    const moved = other === buildId ? 0 : await moveOpenRuns(deployment, other, buildId);
    if (moved > 0)
      log.info({ build_id: buildId, from: other, moved }, 'moved open bookings of another build to this one');
  }
}
