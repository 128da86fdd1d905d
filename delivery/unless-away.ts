import { setTimeout as after } from 'node:timers/promises';
import { isDatabaseAway } from '../records/away.ts';

/** A provider gives up after about fifteen seconds without an answer. Temporal needs part of that time. */
const PATIENCE_MS = 4_000;

/** Result of work with the database: its value, or the error that shows that the database is unreachable. */
export type WithDatabase<T> = { away: false; value: T } | { away: true; cause: unknown };

/**
 * Does work with the database for a bounded time. Work that exceeds the time may still finish later, so it must be safe to do twice.
 * Rethrows every other error of the work.
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
