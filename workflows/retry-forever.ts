import { isCancellation, sleep } from '@temporalio/workflow';

/** First pause between attempts while the database is unreachable. The calls go on; only the writes wait. */
const FIRST_PAUSE_MS = 5_000;
/** Longest pause: a day without a database must not fill a booking's history. */
const LONGEST_PAUSE_MS = 300_000;

/** Waits before the next attempt; each pause is longer, up to `longestMs`. */
export function growingPause(longestMs = LONGEST_PAUSE_MS): () => Promise<void> {
  let next = FIRST_PAUSE_MS;
  return () => {
    const pause = next;
    next = Math.min(next * 2, longestMs);
    return sleep(pause);
  };
}

export interface RetryOptions {
  longestMs?: number | undefined;
  /** Called after each attempt with true when the database was unreachable. */
  tell?: ((away: boolean) => void) | undefined;
}

/** Repeats one piece of work on the database until it succeeds. */
export async function retryForever<T>(work: () => Promise<T>, { longestMs, tell }: RetryOptions = {}): Promise<T> {
  const pause = growingPause(longestMs);
  for (;;) {
    try {
      const done = await work();
      tell?.(false);
      return done;
    } catch (error) {
      // A cancelled activity says nothing about the database.
      if (isCancellation(error)) throw error;
      tell?.(true);
      await pause();
    }
  }
}
