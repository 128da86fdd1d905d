import { sleep } from '@temporalio/workflow';

/** Between two tries while the database is out of reach: the calls go on, only what is written waits. */
const FIRST_PAUSE_MS = 5_000;
/** In the end: a day without a database must not fill a booking's history. */
const LONGEST_PAUSE_MS = 300_000;

/** Waits before the next try; each time longer. */
export function pauses(): () => Promise<void> {
  let next = FIRST_PAUSE_MS;
  return () => {
    const pause = next;
    next = Math.min(next * 2, LONGEST_PAUSE_MS);
    return sleep(pause);
  };
}

/** Does one piece of work on the database, for as long as it takes. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  const pause = pauses();
  for (;;) {
    try {
      return await work();
    } catch {
      await pause();
    }
  }
}
