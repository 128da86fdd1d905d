import { activityInfo } from '@temporalio/activity';
import { machineTime } from '../clock.ts';
import { tell } from '../serve.ts';

/** The one activity of the bare workflow: it says that it runs. */
export const activities = {
  async note(): Promise<void> {
    tell({ seen: activityInfo().workflowExecution?.workflowId ?? '', at: machineTime() });
  },
};

export type BareActivities = typeof activities;
