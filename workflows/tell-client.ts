import { proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { MessageActivities } from '../activities/interface.ts';
import { iso } from '../domain/iso.ts';
import type { ClientMessage, MessageRecord } from '../domain/message.ts';
import { autoUpgrade } from './auto-upgrade.ts';

/** How long delivery is retried. */
const TRY_FOR_MS = 24 * 3_600_000;

setWorkflowOptions(autoUpgrade, tellClient);

/**
 * Delivers one message to the client's `callback_url`, in a separate run, so that a booking does not wait for a receiver that is down for
 * hours. The run has the message's id, so each message is delivered by one run at a time; starting it again sends the message again.
 */
export async function tellClient(message: ClientMessage): Promise<MessageRecord['state']> {
  const activities = proxyActivities<MessageActivities>({
    startToCloseTimeout: '1 minute',
    // A worker that died is noticed by its silence: the message need not wait for the whole minute.
    heartbeatTimeout: '10 s',
    scheduleToCloseTimeout: TRY_FOR_MS + 3_600_000,
    retry: { initialInterval: '5 s', maximumInterval: '1 h' },
    summary: `Notify the client: ${message.type}`,
  });
  return activities.tellClient({ message, until: iso(Date.now() + TRY_FOR_MS) });
}
