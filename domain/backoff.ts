const LONGEST_MS = 300_000;

/**
 * Wait before the next attempt after a failure that rang no phone, in ms: first `statedMs`, then twice as long each time up to five
 * minutes, so that an outage of hours does not fill a booking's history. `before`: number of failures of the same kind before this one.
 */
export const backoffMs = (statedMs: number, before: number): number =>
  Math.max(statedMs, Math.min(statedMs * 2 ** Math.max(before - 1, 0), LONGEST_MS));

/** Number of items at the end for which `isSuch` is true, without a gap. */
export const trailingCount = <T>(items: readonly T[], isSuch: (item: T) => boolean): number =>
  items.length - 1 - items.findLastIndex((item) => !isSuch(item));
