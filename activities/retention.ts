import { fits } from '../domain/batch/lifecycle.ts';
import { parseCallId } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { CALL_FOLDERS } from './erase.ts';
import { heartbeating } from './heartbeating.ts';
import type { ErasureActivities } from './interface.ts';

const DAY_MS = 86_400_000;
/** A client is notified of a batch's end for at most a day. Temporal starts no second run for a message that it has sent. */
const TOLD_WITHIN_MS = DAY_MS;
/** An erasure without progress for this long was never started. */
const LOST_START_MS = 600_000;
/** A file may exist before the row that names it. */
const ORPHAN_AGE_MS = DAY_MS;
/** Parameters of one query. */
const AT_ONCE = 500;

type Retention = Pick<ErasureActivities, 'beginDueErasures' | 'tidyUp'>;

async function beginDue(
  deps: ActivityDependencies,
  { limit, ...given }: { retention_days: number | null; limit: number },
): Promise<string[]> {
  const now = clockOf(deps).now();
  // A copy of the data must not delete at the providers by age: the original may still need those calls.
  const isHeld = (await deps.records.installation()).hold !== undefined;
  const retention_days = isHeld ? null : given.retention_days;
  const ids = await deps.records.dueForErasure({
    final_before: retention_days === null ? undefined : iso(now - retention_days * DAY_MS),
    begun_before: iso(now - LOST_START_MS),
    limit,
  });
  if (retention_days !== null) {
    const forgotten = await deps.records.forgetShortlists({ final_before: iso(now - retention_days * DAY_MS), limit });
    if (forgotten.length > 0) deps.log.info({ count: forgotten.length }, 'erased old shortlists');
  }
  const begun: string[] = [];
  for (const id of ids) {
    if ((await deps.records.beginErasure(id, { at: iso(now), unstarted: true })) === 'begun') begun.push(id);
  }
  await minded(deps, retention_days, now, limit);
  if (begun.length > 0) deps.log.info({ count: begun.length }, 'began or resumed erasures');
  return begun;
}

/** Erases batches by age, and wakes those that are open: the start of one may have been lost. */
async function minded(
  { records, batches, log }: ActivityDependencies,
  retention_days: number | null,
  now: number,
  limit: number,
): Promise<void> {
  if (!batches) return;
  const begun_before = iso(now - LOST_START_MS);
  const lost = await records.forgetLostBatches({ begun_before, limit });
  if (lost.length > 0) log.info({ batch_ids: lost }, 'forgot batches whose acceptance was not completed');
  const ended_before = retention_days === null ? undefined : iso(now - retention_days * DAY_MS);
  for (const id of await records.dueBatches({ ended_before, begun_before, limit })) {
    await records.beginBatchErasure(id, iso(now), (status) => fits('erase', status));
    await batches.erase(id);
    log.info({ batch_id: id }, 'began or resumed the erasure of a batch');
  }
  const ended_after = iso(now - TOLD_WITHIN_MS);
  for (const id of await records.batchesToWake({ ended_after })) await batches.wake(id);
}

/** Removes files of calls whose booking is in no row: a crash left them, or they came after an erasure. */
async function removeOrphans(deps: ActivityDependencies): Promise<number> {
  const { records, artifacts } = deps;
  const before = clockOf(deps).now() - ORPHAN_AGE_MS;
  let removed = 0;
  for (const folder of CALL_FOLDERS) {
    const old = (await artifacts.list(folder)).flatMap(({ name, changed_ms }) => {
      const bookingId = parseCallId(name)?.bookingId;
      return bookingId !== undefined && changed_ms < before ? [{ name, bookingId }] : [];
    });
    for (let from = 0; from < old.length; from += AT_ONCE) {
      const some = old.slice(from, from + AT_ONCE);
      const unknown = new Set(await records.unknownAmong([...new Set(some.map(({ bookingId }) => bookingId))]));
      for (const { name, bookingId } of some) {
        if (!unknown.has(bookingId)) continue;
        await artifacts.remove(`${folder}/${name}`);
        removed += 1;
      }
    }
  }
  return removed;
}

/** Deletion by age. */
export const retention = (deps: ActivityDependencies): Retention => ({
  beginDueErasures: (input) => heartbeating(() => beginDue(deps, input)),
  tidyUp: () =>
    heartbeating(async () => {
      await deps.records.forgetUnclaimed();
      await deps.records.foldCounts();
      const removed = await removeOrphans(deps);
      if (removed > 0) deps.log.info({ removed }, 'removed files without a booking');
    }),
});
