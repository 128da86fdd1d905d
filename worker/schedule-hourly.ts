import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Logger } from 'pino';

type Log = Pick<Logger, 'warn' | 'debug'>;

interface Given {
  client: Client;
  /** Of the workflows; it also names the schedules, so that deployments that share a namespace have their own. */
  taskQueue: string;
  log: Log;
}

interface Hourly extends Given {
  scheduleId: string;
  workflowType: string;
  args: unknown[];
  summary: string;
  /** One run follows the other without a pause: each lasts an hour, and the first begins at once. */
  continuous?: boolean;
}

export const retentionScheduleId = (taskQueue: string): string => `retention-${taskQueue}`;
export const lookScheduleId = (taskQueue: string): string => `look-${taskQueue}`;
export const auditScheduleId = (taskQueue: string): string => `audit-${taskQueue}`;

/**
 * Sees to it that a workflow runs every hour, once over all workers, with these settings: whichever worker starts last has the last
 * word. Never throws: without it calls go on, and the next start tries again.
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

/** `keepRetention`. `days` undefined: bookings are kept. */
export const scheduleRetention = ({ days, ...given }: Given & { days: number | undefined }): Promise<void> =>
  scheduleHourly({
    ...given,
    scheduleId: retentionScheduleId(given.taskQueue),
    workflowType: 'keepRetention',
    args: [{ retention_days: days ?? null }],
    summary: days === undefined ? 'Tidy up; bookings are kept' : `Erase what is older than ${days} days`,
  });

/** `lookAfterBookings`. */
export const scheduleLook = (given: Given): Promise<void> =>
  scheduleHourly({
    ...given,
    scheduleId: lookScheduleId(given.taskQueue),
    workflowType: 'lookAfterBookings',
    args: [],
    summary: 'Hold open bookings and open runs against each other',
  });

/** `auditOutcomes`. `firstMs`: how long after its outcome a booking is audited for the first time. */
export const scheduleAudits = ({ firstMs, ...given }: Given & { firstMs: number }): Promise<void> =>
  scheduleHourly({
    ...given,
    scheduleId: auditScheduleId(given.taskQueue),
    workflowType: 'auditOutcomes',
    args: [{ first_ms: firstMs }],
    summary: 'Hold outcomes against the providers’ lists',
    continuous: true,
  });

function warn(log: Log, workflowType: string, error: unknown): void {
  log.warn({ workflowType, err: error }, 'could not schedule an hourly look: the next start tries again');
}
