import { codeOfRefused } from '../accepting/batches/check-row.ts';
import { commanded, failsTooOften, isFinalBatch, isUnderWay, proceeded } from '../domain/batch/lifecycle.ts';
import { BOOKING_ERASED, ROW_CANCELED } from '../domain/batch/reasons.ts';
import { iso } from '../domain/iso.ts';
import type { StoredBatch, TakenRow } from '../records/ports/batches.ts';
import { AT_ONCE, type Feeding, several } from './batch-feeding.ts';
import type { BatchActivities, BatchTurn } from './batch-interface.ts';
import { actsFor } from './belonging.ts';
import { cancelBookingsOf, cancelLeftOver } from './cancel-batch.ts';
import { type ActivityDependencies, clockOf } from './dependencies.ts';
import { tellNext } from './hand-line.ts';
import { heartbeating } from './heartbeating.ts';
import { retimeBookingsOf } from './retime-batch.ts';

/** Bookings in line or on the phone, so that no place waits for a row: at least so many. More would only delay other bookings' work. */
const LEAST_READY = 30;
/** More than the batch may have on the phone. */
const AHEAD = 20;
/** Open bookings of one batch. Those that wait for a redial, or for their hours, do not keep others back until then. */
const MAX_OPEN = 2_000;
/** Rows that end in one transaction. */
const ENDED_AT_ONCE = 200;
/** A turn ends after this time, so that commands take effect. */
const TURN_MS = 10_000;
/** Pause of a batch that belongs to other accounts. */
const FOREIGN_MS = 300_000;
/** Pause of a batch whose rows are still being stored: it is signaled once it is open. */
const UNOPENED_MS = 5_000;
/** Pause of a batch that waits for live calls to end: their ends are signaled, and a signal may be lost. */
const LIVE_MS = 60_000;

const canFeed = (deps: ActivityDependencies): deps is Feeding => deps.children !== undefined;

/** Does one thing after another while rows are left. */
async function untilNone(some: () => Promise<number>): Promise<void> {
  while ((await some()) > 0);
}

/** Turns one row into its booking. A row that this installation refuses by now ends. */
async function accept(deps: Feeding, batch: StoredBatch, { position, key, request }: TakenRow): Promise<void> {
  const { children, records } = deps;
  const at = (): string => iso(clockOf(deps).now());
  const accepted = await children.accept({ request, owner: batch.owner, parent: { batch: { id: batch.id, key } } });
  switch (accepted.how) {
    case 'created':
    case 'repeated':
    case 'conflict': {
      const bookingId = 'order' in accepted ? accepted.order.id : accepted.booking_id;
      if (await records.rowAccepted(batch.id, position, bookingId)) await children.cancel(bookingId);
      return;
    }
    case 'refused': {
      const late = accepted.fields.every(({ field }) => field === 'not_after');
      const end = late
        ? ({ status: 'expired', result: 'expired' } as const)
        : ({ status: 'invalid', result: null } as const);
      const reasons = accepted.fields.map(({ field, message }) => ({ code: codeOfRefused(field), field, message }));
      return records.rowRefused(batch.id, position, { ...end, reasons }, at());
    }
    case 'erased':
      return records.rowRefused(
        batch.id,
        position,
        { status: 'canceled', result: null, reasons: [BOOKING_ERASED] },
        at(),
      );
    case 'not_wanted':
      return records.rowRefused(
        batch.id,
        position,
        { status: 'canceled', result: 'canceled', reasons: [ROW_CANCELED] },
        at(),
      );
  }
}

/** Number of rows that may become bookings now. */
async function roomOf({ records }: Feeding, { id, settings }: StoredBatch): Promise<number> {
  const { ready, open } = await records.inLine(id);
  const wanted = Math.max(LEAST_READY, settings.max_concurrent + AHEAD);
  return Math.max(0, Math.min(wanted - ready, MAX_OPEN - open));
}

/** Turns rows into bookings while there is room; false: the turn is over before. */
async function feed(deps: Feeding, batchId: string, until: number): Promise<boolean> {
  const { records } = deps;
  for (;;) {
    const batch = await records.batch(batchId);
    if (!batch || !isUnderWay(batch.status)) return true;
    const now = clockOf(deps).now();
    if (now > until) return false;
    const room = await roomOf(deps, batch);
    const rows = room === 0 ? [] : await records.takeRows(batchId, Math.min(room, AT_ONCE * 2), now);
    if (rows.length === 0) return true;
    await several(rows, (row) => accept(deps, batch, row));
  }
}

/** Gives the batch the places that it may have now. Bookings that get one by that are signaled. */
async function openGate(deps: Feeding, batchId: string): Promise<void> {
  const opened = await deps.records.openGate(batchId);
  if (opened) await tellNext(deps, opened.handed);
}

/** Pauses a batch whose last rows failed too often. */
async function pauseOnFailures(deps: Feeding, batch: StoredBatch, now: number): Promise<void> {
  const { records } = deps;
  const { stop_after_failures } = batch.settings;
  if (!stop_after_failures || !isUnderWay(batch.status)) return;
  if (!failsTooOften(stop_after_failures, await records.lastTried(batch.id, stop_after_failures.of_last))) return;
  await records.changeBatch(batch.id, iso(now), (it) => commanded(it, 'pause', now, { because: 'failures' }));
}

async function turn(deps: Feeding, batchId: string, thorough: boolean): Promise<BatchTurn> {
  const { records } = deps;
  const clock = clockOf(deps);
  const begun = clock.now();
  const at = (): string => iso(clock.now());
  const batch = await records.batch(batchId);
  if (!batch) {
    if (await records.isUnopened(batchId)) return { over: false, next_at: iso(begun + UNOPENED_MS) };
    // It may have been opened just now: then the next turn comes at once.
    return (await records.batch(batchId)) ? { over: false, next_at: iso(begun) } : { over: true };
  }
  if (!actsFor(deps, { accounts: batch.accounts, sandbox: batch.accounts.mode === 'sandbox' })) {
    return { over: false, next_at: iso(begun + FOREIGN_MS) };
  }
  if (thorough) await records.catchUp(batchId, at());
  // Before the gate is set: the end of the last row may have closed it.
  await pauseOnFailures(deps, batch, begun);
  if (thorough) {
    await openGate(deps, batchId);
    await retimeBookingsOf(deps, batch);
    await cancelLeftOver(deps, batchId);
  }
  if (!isFinalBatch(batch.status)) await untilNone(() => records.expireRows(batchId, at(), ENDED_AT_ONCE));
  if (batch.status === 'canceling') {
    await untilNone(() => records.cancelUntaken(batchId, at(), ENDED_AT_ONCE));
    await cancelBookingsOf(deps, batch);
  }
  const more = !(await feed(deps, batchId, begun + TURN_MS));
  const now = clock.now();
  const proceeding = await records.changeBatch(batchId, iso(now), (it) => proceeded(it, now) ?? {});
  if (!('batch' in proceeding)) return { over: true };
  const { status, completions, settings } = proceeding.batch;
  if (isFinalBatch(status)) {
    if (settings.callback_url === undefined) return { over: true };
    return { over: true, ...(status === 'completed' ? { completed: completions } : { canceled: true }) };
  }
  if (more) return { over: false, more };
  const next = status === 'canceling' ? now + LIVE_MS : await records.nextTime(batchId, now);
  return {
    over: false,
    ...(next !== undefined && { next_at: iso(next) }),
    ...(settings.stop_after_failures && { eager: true }),
  };
}

/** Rows become bookings here, and nowhere else. */
export const feedBatches = (deps: ActivityDependencies): Pick<BatchActivities, 'feedBatch'> => ({
  feedBatch: ({ batch_id, thorough }) => {
    if (!canFeed(deps)) throw new Error('cannot run a batch: this process has no way to accept bookings');
    return heartbeating(() => turn(deps, batch_id, thorough));
  },
});
