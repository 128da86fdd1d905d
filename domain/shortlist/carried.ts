import type { ShortlistEnd } from './decide.ts';
import { foldShortlist, initialShortlist, type Recorded, type ShortlistInput, type ShortlistState } from './state.ts';
import type { ShortlistOutcome, ShortlistProgress } from './view.ts';

/** Passed to the next run of the same shortlist. */
export interface CarriedShortlist {
  state: Omit<ShortlistState, 'input'>;
  written: ShortlistProgress | undefined;
  version: number;
  /** The shortlist has its end: only the message to the client is left. */
  end?: ShortlistEnd | undefined;
}

const endIn = ({ proof, ...outcome }: ShortlistOutcome): ShortlistEnd => ({ ...outcome, reviewed: proof === null });

/** The shortlist as the records know it, for a run that replaces a lost one. `now` in ms since 1970. */
export function fromRecords(
  shortlist: ShortlistInput,
  recorded: Recorded,
  { progress, version }: { progress: ShortlistProgress; version: number },
  now: number,
): CarriedShortlist {
  const { input: _, ...state } = foldShortlist(initialShortlist(shortlist), { type: 'recalled', recorded }, now);
  const end = progress.outcome && endIn(progress.outcome);
  return { state, written: version === 0 ? undefined : progress, version, ...(end && { end }) };
}
