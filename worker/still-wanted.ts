import { type Client, WorkflowNotFoundError } from '@temporalio/client';

const DEADLINE_MS = 5_000;

/**
 * Asks a booking's workflow whether a dial may still leave. Temporal answers a query only once the workflow has taken in every
 * signal and update that came before it. A booking that is gone wants nothing. Throws when no worker answers in time.
 */
export const dialAsker =
  (client: Client) =>
  async (bookingId: string, callId: string): Promise<boolean> => {
    try {
      return await client.withDeadline(Date.now() + DEADLINE_MS, () =>
        client.workflow.getHandle(bookingId).query<boolean, [string]>('stillWanted', callId),
      );
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  };
