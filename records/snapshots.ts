import { isPhoneChannel } from '../domain/channels.ts';
import type { Evidence } from '../domain/evidence.ts';
import { isInboundCall } from '../domain/ids.ts';
import { FINAL_STATUSES } from '../domain/result.ts';
import { type AttemptView, type BookingEvent, type BookingView, eventOfAnyVersion } from '../domain/view.ts';
import { attemptOf } from './attempt-id.ts';
import { followBooking } from './batch-follow.ts';
import { closeOnFailures } from './batch-stop.ts';
import { outcomeColumns, usageColumns } from './booking-search.ts';
import { countRejection } from './callers.ts';
import { evidenceRow } from './evidence.ts';
import { releaseAll } from './lines.ts';
import type { RecordsLog } from './log.ts';
import { freePlaces } from './places.ts';
import type { BookingRecords, KeyedSnapshot } from './ports/bookings.ts';
import type { EventRecords } from './ports/events.ts';
import type { LineHanded } from './ports/places.ts';
import { honour } from './prohibitions.ts';
import type { Database } from './tables.ts';
import { countUsage } from './usage.ts';

type Snapshots = Pick<BookingRecords, 'saveSnapshot'> & Pick<EventRecords, 'eventsAfter'>;

export const snapshots = (db: Database, log: RecordsLog | undefined, now: () => number): Snapshots => ({
  /**
   * The workflow's write after each change: at most seven statements in one transaction, and three more with the outcome. A snapshot of a booking without a row (lost, or
   * started without the API) is dropped with a warning, and its call continues.
   */
  async saveSnapshot(snapshot) {
    const { view, events } = snapshot;
    return db.transaction().execute(async (trx) => {
      await closeOnFailures(trx, view);
      // A booking with its outcome holds no line and no place, whether or not its row exists.
      const next = view.outcome ? await releaseAll(trx, view.id, now()) : await freeSlots(trx, view, now());
      await freeHosts(trx, view);
      const booking = await unlessOlder(trx, snapshot);
      if (!booking) {
        await warnIfMissing(trx, view, log);
        return next;
      }
      if (events.length > 0) {
        const before = booking.last_seq - events.length;
        await trx
          .insertInto('events')
          .values(events.map(({ key, event }, i) => eventRow(view.id, before + i + 1, key, event)))
          .onConflict((conflict) => conflict.columns(['booking_id', 'key']).doNothing())
          .execute();
      }
      await followBooking(trx, view);
      if (view.attempts.length > 0) await saveAttempts(trx, view.attempts);
      const found = events.flatMap(({ event }) => (event.type === 'evidence' ? [event.evidence] : []));
      if (found.length > 0) await saveEvidence(trx, found);
      if (view.outcome) await countUsage(trx, view);
      return next;
    });
  },

  async eventsAfter(bookingId, seq, limit) {
    const rows = await db
      .selectFrom('events')
      .select(['seq', 'event_json'])
      .where('booking_id', '=', bookingId)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ seq: row.seq, event: eventOfAnyVersion(JSON.parse(row.event_json) as BookingEvent) }));
  },
});

/** A proved end stays proved, so an older snapshot also counts here. Returns the bookings that may dial now. */
async function freeSlots(trx: Database, { attempts }: BookingView, now: number): Promise<LineHanded[]> {
  const over = attempts.filter((one) => one.ended_at !== null || one.status === 'failed').map((one) => one.call_id);
  if (over.length === 0) return [];
  return freePlaces(trx, (slots) => slots.where('call_id', 'in', over), now);
}

/** A bridge waits for the end of a call that it hosts. The callback may have come while the database was unreachable. */
async function freeHosts(trx: Database, { attempts }: BookingView): Promise<void> {
  const over = attempts.filter((one) => isPhoneChannel(one.channel) && one.ended_at !== null).map((one) => one.call_id);
  if (over.length === 0) return;
  const inbound = over.filter(isInboundCall);
  if (inbound.length > 0) {
    await trx
      .updateTable('inbound_calls')
      .set({ over: 1 })
      .where('call_id', 'in', inbound)
      .where('over', '=', 0)
      .execute();
  }
  await trx.updateTable('hosted_calls').set({ over: 1 }).where('call_id', 'in', over).where('over', '=', 0).execute();
}

/**
 * Raises a booking's event number by `count` and returns the new value; undefined when there is no such booking. It locks the booking's row
 * until the transaction ends, so numbers are committed in their order.
 */
export const takeEventNumbers = (trx: Database, bookingId: string, count: number) =>
  trx
    .updateTable('bookings')
    .set((eb) => ({ last_seq: eb('last_seq', '+', count) }))
    .where('id', '=', bookingId)
    .returning('last_seq')
    .executeTakeFirst();

export const eventRow = (bookingId: string, seq: number, key: string, event: BookingEvent) => ({
  booking_id: bookingId,
  seq,
  key,
  event_json: JSON.stringify(event),
});

/**
 * As `takeEventNumbers`, and stores the view, unless a newer one is stored. An equal version is written, too: a retried workflow task
 * repeats its local activities, and may know more by then.
 */
const unlessOlder = (trx: Database, { version, view, events }: KeyedSnapshot) =>
  trx
    .updateTable('bookings')
    .set((eb) => ({
      version,
      view_json: JSON.stringify(view),
      status: view.status,
      ...outcomeColumns(view),
      ...usageColumns(view),
      started: 1,
      ...(view.outcome && {
        final_ms: eb.fn.coalesce('final_ms', eb.val(Date.parse(view.updated_at))),
        audit_ms: Date.parse(view.updated_at),
      }),
      last_seq: eb('last_seq', '+', events.length),
    }))
    .where('id', '=', view.id)
    // An outcome is never replaced. It is written even over a newer version, because an operator may have reset a run.
    .where('status', 'not in', FINAL_STATUSES)
    .where((eb) => (view.outcome ? eb.lit(true) : eb('version', '<=', version)))
    .returning('last_seq')
    .executeTakeFirst();

async function warnIfMissing(trx: Database, view: BookingView, log: RecordsLog | undefined): Promise<void> {
  const { id: bookingId, outcome } = view;
  const row = await trx.selectFrom('bookings').select('result').where('id', '=', bookingId).executeTakeFirst();
  if (row && outcome && row.result !== outcome.result) {
    const fields = { booking_id: bookingId, stands: row.result, came: outcome.result };
    log?.warn(fields, 'could not write an outcome: the booking already has another one');
  }
  if (!row) log?.warn({ booking_id: bookingId }, 'dropped a snapshot: its booking is not in the database');
}

async function saveAttempts(trx: Database, attempts: AttemptView[]): Promise<void> {
  await trx
    .insertInto('attempts')
    .values(
      attempts.map(({ call_id, channel, attempt, status, call_sid, conversation_id, started_at, ended_at }) => ({
        ...attemptOf(call_id),
        call_id,
        channel,
        attempt,
        status,
        call_sid,
        conversation_id,
        started_at,
        ended_at,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('call_id').doUpdateSet((eb) => ({
        status: eb.ref('excluded.status'),
        call_sid: eb.ref('excluded.call_sid'),
        conversation_id: eb.ref('excluded.conversation_id'),
        started_at: eb.ref('excluded.started_at'),
        ended_at: eb.ref('excluded.ended_at'),
      })),
    )
    .execute();
}

/** Only polled evidence is stored here: webhooks store theirs themselves. */
async function saveEvidence(trx: Database, found: Evidence[]): Promise<void> {
  await trx
    .insertInto('evidence')
    .values(found.map((evidence) => evidenceRow(evidence, null)))
    .onConflict((conflict) => conflict.columns(['booking_id', 'evidence_id']).doNothing())
    .execute();
  for (const evidence of found) {
    await honour(trx, evidence);
    await countRejection(trx, evidence);
  }
}
