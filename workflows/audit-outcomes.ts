import { ActivityFailure, proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { LookActivities } from '../activities/interface.ts';
import { autoUpgrade } from './auto-upgrade.ts';

const HOUR_MS = 3_600_000;
/** Bound for one run's history. The next run continues a busy hour. */
const MAX_BATCHES = 500;

setWorkflowOptions(autoUpgrade, auditOutcomes);

/**
 * Audits for an hour, then ends; the schedule starts the next run. While no outcome is due, the activity waits in Temporal, which costs no
 * history.
 */
export async function auditOutcomes({ first_ms }: { first_ms: number }): Promise<void> {
  const end = Date.now() + HOUR_MS;
  for (let batch = 0; batch < MAX_BATCHES && Date.now() < end; batch++) {
    const { auditDue } = proxyActivities<LookActivities>({
      startToCloseTimeout: '10 minutes',
      scheduleToCloseTimeout: Math.max(end - Date.now(), 1_000),
      heartbeatTimeout: '30 s',
      retry: { initialInterval: '5 s', maximumInterval: '1 minute' },
      summary: 'Compare outcomes with the providers’ lists',
    });
    try {
      await auditDue({ first_ms });
    } catch (error) {
      // The hour is over.
      if (error instanceof ActivityFailure) return;
      throw error;
    }
  }
}
