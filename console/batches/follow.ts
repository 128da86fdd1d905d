import { useCallback, useState } from 'preact/hooks';
import { isUnderWay } from '../../domain/batch/lifecycle.ts';
import { isFinalRow } from '../../domain/batch/statuses.ts';
import type { BatchEvent, BatchView } from '../../domain/batch/view.ts';
import { type Numbered, type Reception, useFeed } from '../api/feed.ts';
import { WINDOW_MS } from './pace.ts';

const TYPES = ['status', 'row', 'final'] as const;

/** A batch as its events tell it. */
export interface Told {
  /** Number of the last event; 0: none has arrived. */
  seq: number;
  status?: BatchView['status'];
  counts?: BatchView['counts'];
  /** When rows became final lately, ms since 1970. */
  ends: number[];
  /** When the batch came under way the last time, or the first event that was seen since, ms since 1970; undefined: it is not under way. */
  since?: number | undefined;
}

export const NOTHING: Told = { seq: 0, ends: [] };

/** Takes events in, in their order. */
export function tellOf(before: Told, arrived: readonly Numbered<BatchEvent>[]): Told {
  const told = { ...before, ends: [...before.ends] };
  for (const { seq, event } of arrived) {
    const at = Date.parse(event.at);
    told.seq = seq;
    told.counts = event.counts;
    if (event.type === 'row') {
      // The event with which the batch came under way is not among those that were asked for.
      if (before.seq === 0 && told.status === undefined) told.since ??= at;
      if (isFinalRow(event.status)) told.ends.push(at);
      continue;
    }
    told.status = event.status;
    told.since = isUnderWay(event.status) ? (told.since ?? at) : undefined;
  }
  const newest = told.ends.at(-1) ?? 0;
  told.ends = told.ends.filter((at) => at > newest - WINDOW_MS);
  return told;
}

/** Events before the batch was read that are asked for: enough for its rate. A batch may have ten thousands of them. */
const RECENT = 500;

/**
 * A batch's events since shortly before it was read, folded as they arrive.
 * @param read the number of the batch's last event when it was read; undefined: it has not been read yet
 * @param round see `useFeed`
 */
export function useBatchEvents(
  id: string,
  read: number | undefined,
  round: number,
): { told: Told; reception: Reception } {
  const [told, setTold] = useState(NOTHING);
  const take = useCallback((arrived: Numbered<BatchEvent>[]) => setTold((before) => tellOf(before, arrived)), []);
  const reception = useFeed<BatchEvent>({
    of: read === undefined ? undefined : `/v1/batches/${encodeURIComponent(id)}`,
    types: TYPES,
    take,
    reopens: true,
    after: Math.max(0, (read ?? 0) - RECENT),
    round,
  });
  return { told, reception };
}
