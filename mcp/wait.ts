import { pathWith } from './api-port.ts';
import { ask } from './ask.ts';
import { ToolFailure } from './failure.ts';
import type { Json } from './json.ts';
import type { ToolCall } from './tool.ts';

const PROGRESS_MS = 5_000;

/** Tells the client now and then that the call is alive. Ends with the returned function. */
function reporting({ progress }: Pick<ToolCall, 'progress'>, seconds: number): () => void {
  const began = Date.now();
  const timer = setInterval(() => {
    const passed = Math.min(seconds, Math.round((Date.now() - began) / 1_000));
    // A client that does not hear it gets the answer all the same.
    progress(passed, seconds, 'waiting').catch(() => undefined);
  }, PROGRESS_MS);
  return () => clearInterval(timer);
}

/** A wait was refused because too many are open. */
const isCrowded = (error: unknown): boolean =>
  error instanceof ToolFailure && (error.problem.status === 429 || error.problem.status === 503);

/**
 * Reads something, and waits until it has settled, for so many seconds at most. `note`: in words, why it did not wait.
 * @throws ToolFailure
 */
export async function read(call: ToolCall, path: string, seconds: number): Promise<{ answer: Json; note?: string }> {
  if (seconds === 0) return { answer: await ask(call, { method: 'GET', path }) };
  const end = reporting(call, seconds);
  try {
    return { answer: await ask(call, { method: 'GET', path: pathWith(path, { wait_seconds: seconds }) }) };
  } catch (error) {
    if (!isCrowded(error)) throw error;
    const note = 'It did not wait, because too many waits are open with this key: call again in some seconds.';
    return { answer: await ask(call, { method: 'GET', path }), note };
  } finally {
    end();
  }
}
