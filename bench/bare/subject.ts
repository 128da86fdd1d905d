import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Child } from '../child.ts';
import { machineTime } from '../clock.ts';
import { Sightings, type Subject } from '../subject.ts';
import { bare, finish } from './workflow.ts';

/**
 * The bare workflow, started directly by a Temporal client (no HTTP on the way in or out), signaled as soon as its activity
 * has been seen, and awaited.
 */
export function bareSubject(client: Client, taskQueue: string, child: Child): Subject {
  const sightings = new Sightings();
  child.onSeen = (workflowId, at) => sightings.see(workflowId, at);
  return {
    name: 'bare',
    child,
    async one() {
      const workflowId = `bare-${randomUUID()}`;
      const began = machineTime();
      const handle = await client.workflow.start(bare, { taskQueue, workflowId });
      const seen = await sightings.of(workflowId);
      await handle.signal(finish, 'done');
      const result = await handle.result();
      if (result !== 'done') throw new Error(`a bare workflow ended with ${result}`);
      return seen - began;
    },
  };
}
