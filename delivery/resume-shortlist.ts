import { type CarriedShortlist, fromRecords } from '../domain/shortlist/carried.ts';
import type { ShortlistEnd } from '../domain/shortlist/decide.ts';
import { shortlistInputOf } from '../domain/shortlist/input.ts';
import { recordedOf } from '../domain/shortlist/recorded.ts';
import type { ShortlistInput } from '../domain/shortlist/state.ts';
import { endedAs, eventsBetween } from '../domain/shortlist/view.ts';
import type { ShortlistRecords } from '../records/ports/shortlists.ts';

/** State of a shortlist's newest run in Temporal. `end`: the result of a completed run. */
export type ShortlistStanding = { is: 'open' } | { is: 'gone'; end?: ShortlistEnd | undefined };

/** The runs of shortlists. Each method throws when Temporal does not answer. */
export interface ShortlistRuns {
  standing(id: string): Promise<ShortlistStanding>;
  /** Starts a run in place of one that is gone. */
  resume(input: ShortlistInput, carried: CarriedShortlist): Promise<void>;
}

interface ResumeDependencies {
  records: Pick<ShortlistRecords, 'shortlist' | 'bookingsOfShortlist' | 'dropUnstartedOf' | 'saveShortlist'>;
  runs: ShortlistRuns;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * Gives a shortlist whose run is gone a new one, which goes on from what the records know: its bookings have their own runs, and each
 * candidate and turn is one booking for ever. A run that ended without a trace in the records (they were set back) is not repeated: its end counts.
 * @returns undefined: there is a run, or nothing is left to do
 */
export async function resumeShortlist(
  id: string,
  { records, runs, now }: ResumeDependencies,
): Promise<'resumed' | 'ended' | undefined> {
  const standing = await runs.standing(id);
  if (standing.is === 'open') return undefined;
  // The run's last write may have come after the first look.
  const stored = await records.shortlist(id);
  if (!stored) return undefined;
  const { order, accounts, progress, version } = stored;
  if (standing.end) {
    if (progress.outcome) return undefined;
    const ended = endedAs(progress, standing.end, now());
    await records.saveShortlist({ id, version: version + 1, progress: ended, events: eventsBetween(progress, ended) });
    return 'ended';
  }
  await records.dropUnstartedOf(id);
  const recorded = recordedOf(stored, await records.bookingsOfShortlist(id));
  const input = shortlistInputOf(order, accounts.mode === 'sandbox');
  await runs.resume(input, fromRecords(input, recorded, stored, now()));
  return 'resumed';
}
