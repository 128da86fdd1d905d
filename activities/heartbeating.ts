import { heartbeat } from '@temporalio/activity';

const EVERY_MS = 1_000;

/**
 * Runs `work` and sends a heartbeat at once and then every second, so that a heartbeat time-out of a few seconds detects a dead worker.
 * `details` is evaluated for each heartbeat; the next attempt of a retried activity continues from it.
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
