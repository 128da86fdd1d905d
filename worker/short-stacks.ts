import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Enough to find the line of a workflow that failed or waits. */
const FRAMES = 3;

/**
 * Runs `create`, whose new V8 contexts keep three frames in each error's stack instead of ten. The SDK captures a stack for every promise of
 * a workflow (Temporal's page shows them as its call stack) and finds each frame's source line: ten frames took a third of the workflow
 * thread's time. The SDK freezes `Error` in its contexts, so only V8's own default can be changed, and only before they exist.
 */
export async function withShortStacks<T>(create: () => Promise<T>): Promise<T> {
  const before: unknown = runInNewContext('Error.stackTraceLimit');
  setFlagsFromString(`--stack-trace-limit=${FRAMES}`);
  try {
    return await create();
  } finally {
    setFlagsFromString(`--stack-trace-limit=${before}`);
  }
}
