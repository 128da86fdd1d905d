import type { TestWorkflowEnvironment } from '@temporalio/testing';

const LOOK_EVERY_MS = 1_500;
/** Where time is skipped, so much more passes at the server than here between two looks. */
const SKIPPED_MS = 500;

/**
 * The test server holds time still while anything goes on, and sometimes for ever: the lock of an activity whose workflow closed
 * over it is never given back. Where for `patience` looks in a row time goes no faster than here and nobody does anything (`deeds` does
 * not grow), one lock is taken off.
 */
export function keepTime(env: TestWorkflowEnvironment, deeds: () => number, patience: number): () => void {
  let before: { real: number; server: number; deeds: number } | undefined;
  let still = 0;
  const look = async (): Promise<void> => {
    const now = { real: performance.now(), server: Number(await env.currentTimeMs()), deeds: deeds() };
    const skipped = before && now.server - before.server - (now.real - before.real) > SKIPPED_MS;
    still = before && !skipped && now.deeds === before.deeds ? still + 1 : 0;
    before = now;
    if (still < patience) return;
    still = 0;
    await env.connection.testService!.unlockTimeSkipping({});
  };
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
