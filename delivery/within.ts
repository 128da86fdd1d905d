import { setTimeout as pause } from 'node:timers/promises';

/** The result of the work; undefined: not in time. Rejects as the work does. Does not keep the process alive. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const enough = new AbortController();
  const late = pause(ms, undefined, { signal: enough.signal, ref: false }).catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    enough.abort();
    work.catch(() => undefined);
  }
}
