import { setTimeout as after } from 'node:timers/promises';
import { type ActivityDependencies, clockOf } from '../activities/dependencies.ts';
import { tellNext } from '../activities/hand-line.ts';
import { iso } from '../domain/iso.ts';

const EVERY_MS = 15_000;
/** A booking takes up what it was handed within milliseconds of its signal, or when a worker is there. */
const PATIENCE_MS = 15_000;
/** Signals of one round. */
const AT_ONCE = 50;

/**
 * Repeats the signals of bookings that were handed a line or places and have not taken them up: the process that handed them may have died
 * before its signal. Of those whose workflow is gone, line and places go to the next ones. Its cost does not depend on how many wait.
 */
export function mindPlaces(deps: ActivityDependencies, everyMs = EVERY_MS): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const work = (async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await after(everyMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
      if (!stopped.signal.aborted) await mindOnce(deps, clockOf(deps).now());
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await work;
    },
  };
}

/** One round. Never throws. `now`: ms since 1970. */
export async function mindOnce(deps: ActivityDependencies, now: number): Promise<void> {
  try {
    await tellNext(deps, await deps.records.mindPlaces(iso(now), iso(now - PATIENCE_MS), AT_ONCE));
  } catch (error) {
    deps.log.warn({ err: error }, 'could not look for bookings that have not heard of their turn');
  }
}
