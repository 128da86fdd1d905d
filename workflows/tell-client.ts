import { proxyActivities, setWorkflowOptions } from '@temporalio/workflow';
import type { MessageActivities } from '../activities/interface.ts';
import { iso } from '../domain/iso.ts';
import type { ClientMessage, MessageRecord } from '../domain/message.ts';
import { movesOn } from './moves-on.ts';

/** For so long a receiver that does not answer is tried again. */
const TRY_FOR_MS = 24 * 3_600_000;

setWorkflowOptions(movesOn, tellClient);

/**
 * Tells a client one thing at its `callback_url`: a run of its own, so that a booking need not wait for a receiver that is
 * down for hours. Its id is the message's, so a message is on its way once at a time; starting it again sends it again.
 */
export async function tellClient(message: ClientMessage): Promise<MessageRecord['state']> {
  const activities = proxyActivities<MessageActivities>({
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout: TRY_FOR_MS + 3_600_000,
    retry: { initialInterval: '5 s', maximumInterval: '1 h' },
    summary: `Tell the client: ${message.type}`,
  });
  return activities.tellClient({ message, until: iso(Date.now() + TRY_FOR_MS) });
}
