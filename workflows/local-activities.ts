import type { LocalActivityOptions } from '@temporalio/workflow';

/**
 * A local activity that outlives four fifths of its workflow task (`delivery/temporal-gateway.ts`) is carried into the next one, and then a
 * replay may see signals in another order than the run did. So all tries of one together end after 5 s; three in a row fit into a task.
 */
export const ON_RECORDS: LocalActivityOptions = {
  scheduleToCloseTimeout: '5 s',
  retry: { maximumAttempts: 2, initialInterval: '200 ms' },
};
