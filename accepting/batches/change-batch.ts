import { fits } from '../../domain/batch/lifecycle.ts';
import { iso } from '../../domain/iso.ts';
import type { BatchSettings } from '../../domain/schemas/batch.ts';
import type { BookingRequest } from '../../domain/schemas/booking-request.ts';
import type { NewRow, StoredBatch } from '../../records/ports/batches.ts';
import type { Refusal } from '../dial-times.ts';
import type { BatchDependencies } from './accept-batch.ts';
import { refusedSettings } from './refuse-settings.ts';
import { inWindow } from './row-window.ts';
import { timesOf } from './stored-rows.ts';

/** Rows that get their new times in one transaction. */
const AT_ONCE = 200;

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
 * Changes settings of a batch. A new `not_after` holds for the rows that are not in line yet.
 * @throws Unavailable when Temporal does not answer: the change is stored, and takes effect later
 */
export async function changeBatch(deps: BatchDependencies, batch: StoredBatch, change: Change): Promise<Changed> {
  const { records, batches, settings: installation, now } = deps;
  const { id } = batch;
  const fields =
    change.not_after === undefined ? [] : refusedSettings({ ...batch.settings, ...change }, installation, now());
  if (fields.length > 0) return { how: 'refused', fields };
  const changed = await records.changeBatch(id, iso(now()), (it) =>
    fitsNow(change, it) ? { settings: { ...it.settings, ...change } } : undefined,
  );
  if (changed.how === 'unknown' || changed.how === 'unfit') return changed;
  const { not_after } = change;
  if (not_after !== undefined) await retime(deps, id, batch.settings.not_after, not_after);
  await batches.wake(id);
  return { how: 'changed', batch: changed.batch };
}

/** A row's own, earlier `not_after` stays. */
async function retime(
  { records, now }: BatchDependencies,
  batchId: string,
  before: string | undefined,
  not_after: string,
): Promise<void> {
  const timed = (request: BookingRequest): Pick<NewRow, 'request' | 'until_ms'> => {
    const own = request.not_after === before ? { ...request, not_after: undefined } : request;
    const windowed = inWindow(own, { not_after }, now());
    const next = 'request' in windowed ? windowed.request : request;
    return { request: next, until_ms: timesOf(next, now()).until_ms };
  };
  for (let after: number | undefined = 0; after !== undefined; ) {
    after = await records.retimeRows(batchId, after, AT_ONCE, timed);
  }
}
