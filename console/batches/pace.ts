/** The rate is that of these last minutes. */
export const WINDOW_MS = 5 * 60_000;
/** Fewer rows, or a shorter time, say nothing about the rate. */
const FEWEST = 2;
const SHORTEST_MS = 5_000;

export interface Pace {
  rows_an_hour: number;
  /** When the last row will be final at this rate, ms since 1970; undefined: none is left. */
  done_at: number | undefined;
}

/**
 * The rate at which rows become final.
 * @param ends when rows became final, ms since 1970, in any order
 * @param since when the batch began or was resumed, ms since 1970
 * @returns undefined while too little is known
 */
export function paceOf(ends: readonly number[], since: number, open: number, now: number): Pace | undefined {
  const from = Math.max(since, now - WINDOW_MS);
  const span = now - from;
  const rows = ends.filter((at) => at > from && at <= now).length;
  if (rows < FEWEST || span < SHORTEST_MS) return undefined;
  const each = span / rows;
  return { rows_an_hour: Math.round(3_600_000 / each), done_at: open > 0 ? now + open * each : undefined };
}
