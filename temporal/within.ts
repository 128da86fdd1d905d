import { setTimeout as after } from 'node:timers/promises';

/**
 * The work's result, or an error after `ms`. A worker's connection repeats by itself what fails, for longer than a deadline that is given
 * to it.
 */
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
