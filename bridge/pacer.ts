import type { Clock } from './clock.ts';

export const FRAME_MS = 20;
/** A process that slept longer skips the rest: old audio is of no use. */
const MAX_AT_ONCE = 50;

/**
 * Calls `frame` once for every 20 ms that pass. It counts by elapsed time and not by the timer's ticks, so it neither drifts nor depends on
 * the timer's rate.
 */
export function pace(clock: Clock, frame: () => void): () => void {
  const began = clock.now();
  let made = 0;
  let stopped = false;
  const stop = clock.every(FRAME_MS, () => {
    const due = Math.floor((clock.now() - began) / FRAME_MS);
    made = Math.max(made, due - MAX_AT_ONCE);
    while (made < due && !stopped) {
      made++;
      frame();
    }
  });
  return () => {
    stopped = true;
    stop();
  };
}
