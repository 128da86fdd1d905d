import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Logger } from 'pino';

interface RetentionSchedule {
  client: Client;
  /** Of the workflows; it also names the schedule, so that deployments that share a namespace have one each. */
  taskQueue: string;
  /** undefined: bookings are kept. */
  days: number | undefined;
  log: Pick<Logger, 'warn' | 'debug'>;
}

export const retentionScheduleId = (taskQueue: string): string => `retention-${taskQueue}`;

/**
 * Sees to it that `keepRetention` runs every hour, once over all workers, with this setting: whichever worker starts last has
 * the last word. Never throws: without it calls go on, and the next start tries again.
 */
export async function scheduleRetention({ client, taskQueue, days, log }: RetentionSchedule): Promise<void> {
  const scheduleId = retentionScheduleId(taskQueue);
  const wanted = {
    spec: { intervals: [{ every: '1 h' as const }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 h' as const },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'keepRetention',
      workflowId: scheduleId,
      taskQueue,
      args: [{ retention_days: days ?? null }],
      staticSummary: days === undefined ? 'Tidy up; bookings are kept' : `Erase what is older than ${days} days`,
    },
  };
  try {
    await client.schedule.create({ scheduleId, ...wanted });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) return warn(log, error);
    await client.schedule
      .getHandle(scheduleId)
      .update((there) => ({ ...there, ...wanted }))
      .catch((failure: unknown) => warn(log, failure));
  }
}

function warn(log: RetentionSchedule['log'], error: unknown): void {
  log.warn(
    { err: error },
    'the hourly look for what is to be erased could not be scheduled: the next start tries again',
  );
}
