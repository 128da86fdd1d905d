import { setTimeout as pause } from 'node:timers/promises';

/** Undefined: no answer in time. Rejects as `answer` does. */
export async function within<T>(ms: number, answer: Promise<T>): Promise<T | undefined> {
  const late = new AbortController();
  try {
    return await Promise.race([answer, pause(ms, undefined, { signal: late.signal }).catch(() => undefined)]);
  } finally {
    late.abort();
    answer.catch(() => undefined);
  }
}
