import { sleep } from '@temporalio/workflow';

/** Between two tries while the database is out of reach: the calls go on, only what is written waits. */
export const DATABASE_RETRY = '5 s';

/** Does one piece of work on the database, for as long as it takes. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch {
      await sleep(DATABASE_RETRY);
    }
  }
}
