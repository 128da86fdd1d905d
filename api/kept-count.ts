/** Counted at most this often, for any number of scrapes. */
const KEPT_MS = 60_000;

/** A count whose cost grows with the data, made once a minute at most. undefined: it could not be made. */
export function keptCount(count: () => Promise<number>): () => Promise<number | undefined> {
  let kept: { at: number; count: Promise<number | undefined> } | undefined;
  return () => {
    if (!kept || Date.now() - kept.at >= KEPT_MS) kept = { at: Date.now(), count: count().catch(() => undefined) };
    return kept.count;
  };
}
