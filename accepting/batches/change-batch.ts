import { fits } from '../../domain/batch/lifecycle.ts';
import { iso } from '../../domain/iso.ts';
import type { BatchSettings } from '../../domain/schemas/batch.ts';
import type { StoredBatch } from '../../records/ports/batches.ts';
import type { Refusal } from '../dial-times.ts';
import type { BatchDependencies } from './accept-batch.ts';
import { betweenSignals } from './between-signals.ts';
import { refusedSettings } from './refuse-settings.ts';
import { inWindow } from './row-window.ts';
import { timesOf } from './stored-rows.ts';

export type Change = Partial<Pick<BatchSettings, 'name' | 'max_concurrent' | 'not_after'>>;

export type Changed =
  | { how: 'changed'; batch: StoredBatch }
  | { how: 'refused'; fields: Refusal[] }
  | { how: 'unfit'; batch: StoredBatch }
  | { how: 'unknown' };

/** A name fits every status. */
const fitsNow = ({ name: _, ...rest }: Change, { status }: StoredBatch): boolean =>
  Object.keys(rest).length === 0 || fits('change', status);

/**
 * Changes settings of a batch. A new `not_after` holds for all rows: here for those that are no bookings yet, and in the batch's next turn
 * for the others.
 * @throws Unavailable when Temporal does not answer: nothing is changed
 */
export async function changeBatch(deps: BatchDependencies, batch: StoredBatch, change: Change): Promise<Changed> {
  const { records, batches, settings: installation, now } = deps;
  const { id } = batch;
  const fields =
    change.not_after === undefined ? [] : refusedSettings({ ...batch.settings, ...change }, installation, now());
  if (fields.length > 0) return { how: 'refused', fields };
  if (!fitsNow(change, batch)) return { how: 'unfit', batch };
  return betweenSignals(batches, id, async () => {
    const changed = await records.changeBatch(id, iso(now()), (it) =>
      fitsNow(change, it) ? { settings: { ...it.settings, ...change } } : undefined,
    );
    if (changed.how === 'unknown' || changed.how === 'unfit') return changed;
    if (change.not_after !== undefined) await retime(deps, id, change.not_after);
    return { how: 'changed', batch: changed.batch };
  });
}

/** A row's own, earlier `not_after` stays. */
async function retime({ records, now }: BatchDependencies, batchId: string, not_after: string): Promise<void> {
  await records.retimeRows(batchId, (request, own) => {
    const windowed = inWindow({ ...request, not_after: own }, { not_after }, now());
    const next = 'request' in windowed ? windowed.request : request;
    return { request: next, until_ms: timesOf(next, now()).until_ms };
  });
}
