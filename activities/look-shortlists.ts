import { resumeShortlist, type ShortlistRuns } from '../delivery/resume-shortlist.ts';
import type { StoredShortlist } from '../records/ports/shortlists.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';

const PAGE = 100;
/** A client is told for at most a day. */
const TELL_FOR_MS = 86_400_000;

/**
 * Gives each unfinished shortlist whose run is gone a new one. Its bookings are not touched: each has its own run.
 * @param fresh_ms a shortlist accepted less than this ago may be on its way to Temporal
 * @returns the number of those shortlists
 * @throws when Temporal or the database does not answer
 */
export async function lookAtShortlists(
  deps: ActivityDependencies,
  runs: ShortlistRuns,
  { fresh_ms, signal }: { fresh_ms: number; signal?: AbortSignal | undefined },
): Promise<number> {
  const { records, alarms, log } = deps;
  const { now } = clockOf(deps);
  let resumed = 0;
  for await (const { order, progress } of unfinished(deps)) {
    signal?.throwIfAborted();
    const since = Date.parse(progress.outcome ? progress.updated_at : order.created_at);
    if (progress.outcome ? now() > since + TELL_FOR_MS : now() < since + fresh_ms) continue;
    const how = await resumeShortlist(order.id, { records, runs, now });
    if (!how) continue;
    resumed += 1;
    if (how === 'ended') log.warn({ shortlist_id: order.id }, 'wrote the end of a run, which was not on record');
    else {
      const message = `the run of ${order.id} is gone from Temporal; another one goes on with this shortlist`;
      alarms.raise('run_lost', message, { shortlist_id: order.id });
    }
  }
  return resumed;
}

async function* unfinished({ records }: ActivityDependencies): AsyncGenerator<StoredShortlist> {
  for (const state of ['open', 'untold'] as const) {
    let after: string | undefined;
    for (;;) {
      const page = await records.unfinishedShortlists({ state, after, limit: PAGE });
      yield* page;
      if (page.length < PAGE) break;
      after = page.at(-1)!.order.id;
    }
  }
}
