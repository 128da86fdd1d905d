import { setTimeout as after } from 'node:timers/promises';
import { isDatabaseAway } from '../records/away.ts';

/** A provider that waits for our answer gives up after some fifteen seconds; Temporal must still have its part of them. */
const PATIENCE_MS = 4_000;

/** How work with the database went: its result, or the error by which it is known to be out of reach for now. */
export type WithDatabase<T> = { away: false; value: T } | { away: true; cause: unknown };

/**
 * Does some work with the database, for a bounded time. What was begun when the time was over may still come to its end: only what
 * is harmless to do twice belongs here. Any other error of the work is thrown.
 */
export async function unlessAway<T>(work: Promise<T>, patienceMs = PATIENCE_MS): Promise<WithDatabase<T>> {
  const enough = new AbortController();
  const late = after(patienceMs, undefined, { signal: enough.signal, ref: false }).then(
    (): WithDatabase<T> => ({
      away: true,
      cause: new Error(`the database did not answer within ${patienceMs} ms`),
    }),
  );
  late.catch(() => undefined);
  const done = work.then(
    (value): WithDatabase<T> => ({ away: false, value }),
    (cause: unknown): WithDatabase<T> => {
      if (isDatabaseAway(cause)) return { away: true, cause };
      throw cause;
    },
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    enough.abort();
    done.catch(() => undefined);
  }
}
