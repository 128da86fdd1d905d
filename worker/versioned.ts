import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { type Deployment, routingOf } from '../temporal/deployment.ts';
import { beCurrentWhereNoneIs, makeCurrent, moveOpenRuns, untilPolled } from '../temporal/promote.ts';

const REGISTERED_MS = 30_000;

/**
 * Sees to it that workers that have just begun to poll are not left without tasks. Beside other builds this only helps the very
 * first one; an embedded server has no workers but these, so there they take over everything, also what another build began.
 * Never throws: workers that poll are useful even where this fails, and the log says what to do.
 */
export async function settleVersion(
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
      'it could not be seen to that this build gets bookings: see npm run deploy:status, and npm run deploy:promote',
    );
  }
}

async function takeTurn(deployment: Deployment, buildId: string, log: Logger): Promise<void> {
  const current = await beCurrentWhereNoneIs(deployment, buildId, REGISTERED_MS);
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
    if (moved > 0) log.info({ build_id: buildId, from: other, moved }, 'open bookings of another build go on here');
  }
}
