import { setTimeout as after } from 'node:timers/promises';

/** The result of the work, or an error after `ms`. A worker's connection retries for longer than its own deadline. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const enough = new AbortController();
  work.catch(() => undefined);
  const tooLong = after(ms, undefined, { signal: enough.signal, ref: false }).then(() => {
    throw new Error(`no answer within ${ms} ms`);
  });
  tooLong.catch(() => undefined);
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    enough.abort();
  }
}
