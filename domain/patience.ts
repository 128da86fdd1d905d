const LONGEST_MS = 300_000;

/**
 * The wait before the next try of what failed without ringing anybody, in ms: as stated, then twice as long each time up to five
 * minutes, so that an outage of hours does not fill a booking's history. `before`: failures of the kind before this one.
 */
export const patience = (statedMs: number, before: number): number =>
  Math.max(statedMs, Math.min(statedMs * 2 ** Math.max(before - 1, 0), LONGEST_MS));

/** How many of the last ones are such, one after the other. */
export const inARow = <T>(items: readonly T[], isSuch: (item: T) => boolean): number =>
  items.length - 1 - items.findLastIndex((item) => !isSuch(item));
