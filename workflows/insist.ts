import { isCancellation, sleep } from '@temporalio/workflow';

/** Between two tries while the database is out of reach: the calls go on, only what is written waits. */
const FIRST_PAUSE_MS = 5_000;
/** In the end: a day without a database must not fill a booking's history. */
const LONGEST_PAUSE_MS = 300_000;

/** Waits before the next try; each time longer, up to `longestMs`. */
export function pauses(longestMs = LONGEST_PAUSE_MS): () => Promise<void> {
  let next = FIRST_PAUSE_MS;
  return () => {
    const pause = next;
    next = Math.min(next * 2, longestMs);
    return sleep(pause);
  };
}

export interface Insisting {
  longestMs?: number | undefined;
  /** Hears after each try whether the database was away. */
  tell?: ((away: boolean) => void) | undefined;
}

/** Does one piece of work on the database, for as long as it takes. */
export async function insist<T>(work: () => Promise<T>, { longestMs, tell }: Insisting = {}): Promise<T> {
  const pause = pauses(longestMs);
  for (;;) {
    try {
      const done = await work();
      tell?.(false);
      return done;
    } catch (error) {
      // Let go of: that says nothing of the database.
      if (isCancellation(error)) throw error;
      tell?.(true);
      await pause();
    }
  }
}
