import { heartbeat } from '@temporalio/activity';

const EVERY_MS = 1_000;

/**
 * Runs `work` with a heartbeat at once and every second, so that a heartbeat time-out of a few seconds finds a dead
 * worker. `details` (evaluated each time) is what the next attempt of a retried activity can go on from.
 */
export async function heartbeating<T>(work: () => Promise<T>, details: () => unknown = () => undefined): Promise<T> {
  heartbeat(details());
  const timer = setInterval(() => heartbeat(details()), EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
