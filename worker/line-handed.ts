import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { ActivityDependencies } from '../activities/dependencies.ts';

const DEADLINE_MS = 3_000;

/** Signals a booking's workflow that it has got the line of its number. */
export const lineHander =
  (client: Client): ActivityDependencies['lineHanded'] =>
  async (bookingId) => {
    try {
      await client.withDeadline(Date.now() + DEADLINE_MS, () =>
        client.workflow.getHandle(bookingId).signal('lineHanded'),
      );
      return 'told';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'gone';
      throw error;
    }
  };
