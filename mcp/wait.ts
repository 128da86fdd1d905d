import { setTimeout as pause } from 'node:timers/promises';
import { pathWith } from './api-port.ts';
import { ask } from './ask.ts';
import { ToolFailure } from './failure.ts';
import type { Json } from './json.ts';
import type { ToolCall } from './tool.ts';

const PROGRESS_MS = 5_000;
/** A thing that was made just now is found once its start is confirmed. */
const NEW_MS = 5_000;
const LOOK_EVERY_MS = 500;

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

const isUnknown = (error: unknown): boolean => error instanceof ToolFailure && error.problem.status === 404;

/** Reads with a wait; something unknown is looked for again, for a moment. */
async function waited(call: ToolCall, path: string, seconds: number): Promise<Json> {
  const until = Date.now() + Math.min(NEW_MS, seconds * 1_000);
  for (;;) {
    try {
      return await ask(call, { method: 'GET', path: pathWith(path, { wait_seconds: seconds }) });
    } catch (error) {
      if (!isUnknown(error) || Date.now() >= until) throw error;
      await pause(LOOK_EVERY_MS, undefined, { signal: call.signal });
    }
  }
}

/**
 * Reads something, and waits until it has settled, for so many seconds at most. `note`: in words, why it did not wait.
 * @throws ToolFailure
 */
export async function read(call: ToolCall, path: string, seconds: number): Promise<{ answer: Json; note?: string }> {
  if (seconds === 0) return { answer: await ask(call, { method: 'GET', path }) };
  const end = reporting(call, seconds);
  try {
    return { answer: await waited(call, path, seconds) };
  } catch (error) {
    if (!isCrowded(error)) throw error;
    const note = 'It did not wait, because too many waits are open with this key: call again in some seconds.';
    return { answer: await ask(call, { method: 'GET', path }), note };
  } finally {
    end();
  }
}
