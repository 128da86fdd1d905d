import { randomUUID } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { Client, Connection } from '@temporalio/client';

/** A whole copy of a SQLite database that is in use, beside it; gives the copy's path. */
export async function copyOf(file: string): Promise<string> {
  const copy = `${file}.${randomUUID()}`;
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(source, copy);
  } finally {
    source.close();
  }
  return copy;
}

/** Puts a copy where the database was, which nobody may have open; the copy stays. */
export async function putInPlace(copy: string, file: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  copyFileSync(copy, file);
}

/** Resets a workflow's present run to the end of its first workflow task: everything after it is forgotten. */
export async function resetRun(address: string, namespace: string, workflowId: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const { workflow, workflowService } = new Client({ connection, namespace });
    const handle = workflow.getHandle(workflowId);
    const [{ runId }, { events }] = [await handle.describe(), await handle.fetchHistory()];
    const first = events?.find((event) => event.workflowTaskCompletedEventAttributes);
    if (!first?.eventId) throw new Error(`${workflowId} has not done anything yet`);
    await workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution: { workflowId, runId },
      reason: 'chaos',
      workflowTaskFinishEventId: first.eventId,
      requestId: randomUUID(),
    });
  } finally {
    await connection.close();
  }
}
