import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import proto from '@temporalio/proto';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const { History } = proto.temporal.api.history.v1;
type Kept = proto.temporal.api.history.v1.IHistory;

/** A run, by the name that a failure is to be told under. */
export interface NamedHistory {
  name: string;
  history: Kept;
}

const FOLDER = new URL('../histories/', import.meta.url);
/** Temporal's own protobuf message, compressed: the SDK's JSON form needs one single copy of protobufjs. */
const ENDING = '.binpb.gz';

/** Writes a run's history beside the others when `RECORD_HISTORIES` is set (`npm run record-histories`). */
export async function keepHistory(name: string, history: Kept): Promise<void> {
  if (!process.env.RECORD_HISTORIES) return;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(new URL(`${name}${ENDING}`, FOLDER), gzipSync(History.encode(history).finish()));
}

/** All kept histories, by name. */
export async function keptHistories(): Promise<NamedHistory[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(ENDING));
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -ENDING.length),
      history: History.decode(gunzipSync(await readFile(new URL(file, FOLDER)))),
    })),
  );
}

/** What does not replay on today's code, and why. One worker for all of them: each would load the workflows anew. */
export async function notReplaying(
  workflowBundle: WorkflowBundleWithSourceMap,
  histories: readonly NamedHistory[],
): Promise<string[]> {
  const given = histories.map(({ name, history }) => ({ workflowId: name, history }));
  const failures: string[] = [];
  let replayed = 0;
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, given)) {
    replayed++;
    if (error) failures.push(`${workflowId}: ${error.message}`);
  }
  if (replayed !== histories.length) failures.push(`${replayed} of ${histories.length} were replayed`);
  return failures;
}
