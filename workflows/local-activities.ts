import type { LocalActivityOptions } from '@temporalio/workflow';

/**
 * A local activity that outlives four fifths of its workflow task (`delivery/temporal-gateway.ts`) is carried into the next one, and then a
 * replay may see signals in another order than the run did. Both tries together take ten seconds, half of a task.
 * Not `scheduleToCloseTimeout`: it counts from the server's clock, so a worker whose clock is ahead by it would try nothing.
 */
export const ON_RECORDS: LocalActivityOptions = {
  startToCloseTimeout: '5 s',
  retry: { maximumAttempts: 2, initialInterval: '200 ms' },
};
