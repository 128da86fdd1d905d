import { setTimeout as after } from 'node:timers/promises';
import type { ActivityDependencies } from '../activities/dependencies.ts';
import { lookOver } from '../activities/look.ts';
import { ofOthers, tellOfOthers } from '../domain/accounts.ts';
import type { BookingRuns } from '../domain/booking-runs.ts';

/** Dials wait for the first look at most this long: when Temporal or the database is unreachable, there is nothing to dial anyway. */
const FIRST_PASS_MS = 5_000;

export interface LookAtStart {
  /** Settles when the first look has ended, or its time is over. Never rejects. Dials begin after it. */
  firstPass: Promise<void>;
  /** Ends a running look. Settles when it has ended. */
  stop(): Promise<void>;
}

/** Compares the database with Temporal before the first dial, and warns of open bookings that wait for other accounts. */
export function lookAtStart(deps: ActivityDependencies & { runs: BookingRuns }): LookAtStart {
  const stopped = new AbortController();
  const work = (async (): Promise<void> => {
    try {
      const looked = await lookOver(deps, { starting: true, signal: stopped.signal });
      if (looked.ended + looked.strays + looked.told + looked.resumed > 0)
        deps.log.info({ ...looked }, 'bookings and runs compared');
      await warnOfOthers(deps);
    } catch (error) {
      if (!stopped.signal.aborted)
        deps.log.warn({ err: error }, 'could not compare bookings and runs: done again within the hour');
    }
  })();
  const enough = after(FIRST_PASS_MS, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
  return {
    firstPass: Promise.race([work, enough]),
    async stop() {
      stopped.abort();
      await work;
    },
  };
}

async function warnOfOthers({ records, accounts, log }: ActivityDependencies): Promise<void> {
  for (const others of ofOthers(accounts, await records.openByAccounts())) {
    log.warn({ count: others.count }, tellOfOthers(others));
  }
}
