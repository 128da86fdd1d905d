import { setImmediate } from 'node:timers/promises';

/** Longest time, in ms, in which a batch keeps the event loop to itself; calls send an audio frame each 20 ms. */
const MAX_MS = 8;

/**
 * Lets others work: call it between small pieces of a long computation. It waits only when the time is up.
 * @example
 * ```ts
 * const breathe = breather();
 * for (const row of rows) {
 *   await breathe();
 *   check(row);
 * }
 * ```
 */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  const rest = async (): Promise<void> => {
    await setImmediate();
    since = performance.now();
  };
  return () => (performance.now() - since < MAX_MS ? undefined : rest());
}
