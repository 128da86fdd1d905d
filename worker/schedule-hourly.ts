import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Logger } from 'pino';

type Log = Pick<Logger, 'warn' | 'debug'>;

interface Given {
  client: Client;
  /** Of the workflows. It also names the schedules, so that deployments in one namespace have their own. */
  taskQueue: string;
  log: Log;
}

interface Hourly extends Given {
  scheduleId: string;
  workflowType: string;
  args: unknown[];
  summary: string;
  /** Runs follow each other without a pause: each lasts an hour, and the first begins at once. */
  continuous?: boolean;
}

export const retentionScheduleId = (taskQueue: string): string => `retention-${taskQueue}`;
export const lookScheduleId = (taskQueue: string): string => `look-${taskQueue}`;
export const auditScheduleId = (taskQueue: string): string => `audit-${taskQueue}`;

/**
 * Schedules a workflow to run every hour, once for all workers, with these settings: the worker that starts last decides. Never throws:
 * without the schedule calls continue, and the next start tries again.
 */
async function scheduleHourly(given: Hourly): Promise<void> {
  const { client, scheduleId, workflowType, taskQueue, args, summary, continuous = false, log } = given;
  const wanted = {
    spec: { intervals: [{ every: '1 h' as const }] },
    policies: {
      overlap: continuous ? ScheduleOverlapPolicy.BUFFER_ONE : ScheduleOverlapPolicy.SKIP,
      catchupWindow: '1 h' as const,
    },
    action: {
      type: 'startWorkflow' as const,
      workflowType,
      workflowId: scheduleId,
      taskQueue,
      args,
      staticSummary: summary,
    },
  };
  try {
    await client.schedule.create({ scheduleId, ...wanted, state: { triggerImmediately: continuous } });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) return warn(log, workflowType, error);
    await client.schedule
      .getHandle(scheduleId)
      .update((there) => ({ ...there, ...wanted }))
      .catch((failure: unknown) => warn(log, workflowType, failure));
  }
}

/** Schedules `keepRetention`. `days` undefined: bookings are kept. */
export const scheduleRetention = ({ days, ...given }: Given & { days: number | undefined }): Promise<void> =>
  scheduleHourly({
    ...given,
    scheduleId: retentionScheduleId(given.taskQueue),
    workflowType: 'keepRetention',
    args: [{ retention_days: days ?? null }],
    summary: days === undefined ? 'Tidy up; bookings are kept' : `Erase what is older than ${days} days`,
  });

/** Schedules `lookAfterBookings`. */
export const scheduleLook = (given: Given): Promise<void> =>
  scheduleHourly({
    ...given,
    scheduleId: lookScheduleId(given.taskQueue),
    workflowType: 'lookAfterBookings',
    args: [],
    summary: 'Compare open bookings with open runs',
  });

/** Schedules `auditOutcomes`. `firstMs`: time from an outcome to its first audit. */
export const scheduleAudits = ({ firstMs, ...given }: Given & { firstMs: number }): Promise<void> =>
  scheduleHourly({
    ...given,
    scheduleId: auditScheduleId(given.taskQueue),
    workflowType: 'auditOutcomes',
    args: [{ first_ms: firstMs }],
    summary: 'Compare outcomes with the providers’ lists',
    continuous: true,
  });

function warn(log: Log, workflowType: string, error: unknown): void {
  log.warn({ workflowType, err: error }, 'could not schedule an hourly workflow: the next start tries again');
}
