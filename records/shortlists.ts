import { type SqlBool, sql } from 'kysely';
import type { Accounts } from '../domain/accounts.ts';
import type { MessageRecord } from '../domain/message.ts';
import { endingOf } from '../domain/shortlist/ending.ts';
import { mayHaveBooked } from '../domain/shortlist/meaning.ts';
import {
  queuedProgress,
  type ShortlistEvent,
  type ShortlistOrder,
  type ShortlistProgress,
} from '../domain/shortlist/view.ts';
import { viewIn } from './booking-rows.ts';
import { parentColumn } from './booking-search.ts';
import { durably } from './durably.ts';
import type { Engine } from './engine.ts';
import type { ShortlistMessage, ShortlistRecords, StoredShortlist } from './ports/shortlists.ts';
import { bookingsOf, wasAsked } from './shortlist-bookings.ts';
import type { Database } from './tables.ts';

const COLUMNS = [
  'order_json',
  'owner',
  'accounts_json',
  'progress_json',
  'version',
  'started',
  'cancel_ms',
  'barred',
] as const;
/** Of one message, the newest. */
const DELIVERIES_KEPT = 200;

/** Thrown in the accepting transaction, which is then rolled back. */
class TooMany extends Error {}
/** As well. */
class AskedBefore extends Error {}

export const shortlists = (db: Database, engine: Engine): ShortlistRecords => ({
  async acceptShortlist({ order, owner, accounts, idempotency, most }) {
    try {
      return await durably(db, engine, async (trx) => {
        const progress = queuedProgress(order);
        const inserted = await trx
          .insertInto('shortlists')
          .values({
            id: order.id,
            owner,
            idempotency_key: idempotency?.key ?? null,
            body_hash: idempotency?.body_hash ?? null,
            order_json: JSON.stringify(order),
            progress_json: JSON.stringify(progress),
            accounts_json: JSON.stringify(accounts),
            version: 0,
            last_seq: 0,
            started: 0,
            created_ms: Date.parse(order.created_at),
            final_ms: null,
            cancel_ms: null,
            barred: 0,
            message_json: null,
            message_state: null,
            deliveries_json: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (inserted) {
          if (most !== undefined && (await hasMore(trx, owner, most))) throw new TooMany();
          if (idempotency && (await wasAsked(trx, owner, order))) throw new AskedBefore();
          return {
            how: 'created' as const,
            order,
            owner,
            accounts,
            progress,
            version: 0,
            canceled: false,
            started: false,
          };
        }
        const earlier = await trx
          .selectFrom('shortlists')
          .select([...COLUMNS, 'id', 'body_hash'])
          .where('id', '=', order.id)
          .executeTakeFirstOrThrow();
        if (earlier.body_hash !== idempotency?.body_hash) return { how: 'conflict' as const, shortlist_id: earlier.id };
        return { how: 'repeated' as const, ...storedIn(earlier) };
      });
    } catch (error) {
      if (error instanceof AskedBefore) return { how: 'erased', shortlist_id: order.id };
      if (error instanceof TooMany && most !== undefined) return { how: 'too_many', most };
      throw error;
    }
  },

  async markShortlistStarted(id) {
    await db.updateTable('shortlists').set({ started: 1 }).where('id', '=', id).where('started', '=', 0).execute();
  },

  async shortlist(id) {
    const row = await db.selectFrom('shortlists').select(COLUMNS).where('id', '=', id).executeTakeFirst();
    return row && storedIn(row);
  },

  async listShortlists({ owner, limit, after }) {
    let query = db
      .selectFrom('shortlists')
      .select(COLUMNS)
      .where(sql<SqlBool>`started = 1`)
      .orderBy('created_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(limit);
    if (owner !== undefined) query = query.where('owner', '=', owner);
    if (after) query = query.where(sql<SqlBool>`(created_ms, id) < (${Date.parse(after.created_at)}, ${after.id})`);
    return (await query.execute()).map(storedIn);
  },

  async saveShortlist({ id, version, progress, events, message }) {
    await db.transaction().execute(async (trx) => {
      const row = await trx
        .updateTable('shortlists')
        .set((eb) => ({
          version,
          progress_json: JSON.stringify(progress),
          started: 1,
          last_seq: eb('last_seq', '+', events.length),
          ...(progress.outcome && { final_ms: Date.parse(progress.updated_at) }),
          ...(message && { message_json: JSON.stringify(message), message_state: 'pending' }),
        }))
        .where('id', '=', id)
        .where('final_ms', 'is', null)
        // The outcome is written even over a newer version, because an operator may have reset the run.
        .where((eb) => (progress.outcome ? eb.lit(true) : eb('version', '<', version)))
        .returning(['last_seq', 'order_json'])
        .executeTakeFirst();
      if (!row) return;
      if (events.length > 0) {
        const before = row.last_seq - events.length;
        await trx
          .insertInto('shortlist_events')
          .values(
            events.map((event, i) => ({
              shortlist_id: id,
              seq: before + i + 1,
              key: event.type === 'final' ? 'final' : `${version}.${i}`,
              event_json: JSON.stringify(event),
            })),
          )
          .onConflict((conflict) => conflict.columns(['shortlist_id', 'key']).doNothing())
          .execute();
      }
      // The person of an erased booking was still needed for the other candidates.
      const order = JSON.parse(row.order_json) as ShortlistOrder;
      if (progress.outcome && order.candidates.some(({ business }) => business === null))
        await withoutPerson(trx, id, order);
    });
  },

  async cancelShortlist(id, at) {
    return durably(db, engine, async (trx) => {
      const row = await trx
        .updateTable('shortlists')
        .set((eb) => ({ cancel_ms: eb.fn.coalesce('cancel_ms', eb.val(Date.parse(at))) }))
        .where('id', '=', id)
        .where('final_ms', 'is', null)
        .returning('id')
        .executeTakeFirst();
      return row && bookingsOf(trx, id);
    });
  },

  bookingsOfShortlist: (id) => bookingsOf(db, id),

  async dropUnstartedOf(id) {
    await db
      .deleteFrom('bookings')
      .where('parent', '=', parentColumn({ shortlist: { id, candidate: 1 } }))
      .where(sql<SqlBool>`substr(parent, 1, 9) = 'shortlist'`)
      .where('started', '=', 0)
      .execute();
  },

  async unfinishedShortlists({ state, after, limit }) {
    const rows = await db
      .selectFrom('shortlists')
      .select(COLUMNS)
      // Written without parameters, because the partial indexes match by these texts.
      .where(
        state === 'open' ? sql<SqlBool>`started = 1 and final_ms is null` : sql<SqlBool>`message_state = 'pending'`,
      )
      .where('id', '>', after ?? '')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(storedIn);
  },

  async shortlistEventsAfter(id, seq, limit) {
    const rows = await db
      .selectFrom('shortlist_events')
      .select(['seq', 'event_json'])
      .where('shortlist_id', '=', id)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ seq: row.seq, event: JSON.parse(row.event_json) as ShortlistEvent }));
  },

  async shortlistMessage(id) {
    const row = await db
      .selectFrom('shortlists')
      .select(['message_json', 'message_state', 'deliveries_json'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row?.message_json) return undefined;
    const message = JSON.parse(row.message_json) as ShortlistMessage;
    const state = row.message_state as MessageRecord['state'];
    const deliveries = deliveriesIn(row);
    return { message, record: { id: message.id, type: message.type, timestamp: message.timestamp, state, deliveries } };
  },

  async addShortlistDelivery(id, delivery, state) {
    await db.transaction().execute(async (trx) => {
      const row = await trx.selectFrom('shortlists').select('deliveries_json').where('id', '=', id).executeTakeFirst();
      if (!row) return;
      const deliveries = [...deliveriesIn(row), delivery].slice(-DELIVERIES_KEPT);
      await trx
        .updateTable('shortlists')
        .set({ deliveries_json: JSON.stringify(deliveries), message_state: state })
        .where('id', '=', id)
        .execute();
    });
  },

  async forgetShortlists({ final_before, limit }) {
    const old = await db
      .selectFrom('shortlists')
      .select('id')
      .where('final_ms', '<', Date.parse(final_before))
      .orderBy('final_ms')
      .limit(limit)
      .execute();
    const ids = old.map(({ id }) => id);
    if (ids.length > 0) await db.deleteFrom('shortlists').where('id', 'in', ids).execute();
    return ids;
  },
});

const deliveriesIn = ({ deliveries_json }: { deliveries_json: string | null }): MessageRecord['deliveries'] =>
  deliveries_json === null ? [] : (JSON.parse(deliveries_json) as MessageRecord['deliveries']);

function progressIn({
  progress_json,
  cancel_ms,
}: {
  progress_json: string;
  cancel_ms: number | null;
}): ShortlistProgress {
  const progress = JSON.parse(progress_json) as ShortlistProgress;
  return cancel_ms === null ? progress : { ...progress, cancel_requested: true };
}

const storedIn = (row: {
  order_json: string;
  owner: string;
  accounts_json: string;
  progress_json: string;
  version: number;
  started: number;
  cancel_ms: number | null;
  barred: number;
}): StoredShortlist => ({
  order: JSON.parse(row.order_json) as ShortlistOrder,
  owner: row.owner,
  accounts: JSON.parse(row.accounts_json) as Accounts,
  progress: progressIn(row),
  version: row.version,
  canceled: row.cancel_ms !== null || row.barred === 1,
  started: row.started === 1,
});

/** Counts no further than the bound. */
async function hasMore(trx: Database, owner: string, most: number): Promise<boolean> {
  const open = await trx
    .selectFrom('shortlists')
    .select('id')
    .where('owner', '=', owner)
    .where('final_ms', 'is', null)
    .limit(most + 1)
    .execute();
  return open.length > most;
}

const withoutPerson = (trx: Database, id: string, order: ShortlistOrder) =>
  trx
    .updateTable('shortlists')
    .set({
      order_json: JSON.stringify({ ...order, request: null, agent: undefined, metadata: {} } satisfies ShortlistOrder),
      message_json: null,
    })
    .where('id', '=', id)
    .execute();

const withoutProof = (progress: ShortlistProgress, bookingId: string): ShortlistProgress =>
  progress.outcome?.booking_id === bookingId
    ? { ...progress, outcome: { ...progress.outcome, proof: null } }
    : progress;

/**
 * Erases the part of a booking in its shortlist: the business of its candidate, the words of the talk, and, once nobody is left to call, the
 * person. Statuses and results stay.
 */
export async function forgetCandidate(trx: Database, bookingId: string): Promise<void> {
  const booking = await trx
    .selectFrom('bookings')
    .select(['order_json', 'view_json', 'review_json', 'follow_ups_json', 'contradictions_json'])
    .where('id', '=', bookingId)
    .executeTakeFirst();
  const { shortlist } = booking
    ? (JSON.parse(booking.order_json) as { shortlist?: { id: string; candidate: number } })
    : {};
  if (!shortlist) return;
  const { id, candidate } = shortlist;
  const ending = endingOf(viewIn(booking!));
  if (ending && mayHaveBooked(ending.result))
    await trx.updateTable('shortlists').set({ barred: 1 }).where('id', '=', id).execute();
  const row = await trx
    .selectFrom('shortlists')
    .select(['order_json', 'progress_json', 'final_ms'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return;
  const order = JSON.parse(row.order_json) as ShortlistOrder;
  const candidates = order.candidates.map((one, i) => (i === candidate - 1 ? { ...one, business: null } : one));
  const progress = withoutProof(JSON.parse(row.progress_json) as ShortlistProgress, bookingId);
  await trx
    .updateTable('shortlists')
    .set({
      order_json: JSON.stringify({ ...order, candidates } satisfies ShortlistOrder),
      progress_json: JSON.stringify(progress),
    })
    .where('id', '=', id)
    .execute();
  if (row.final_ms === null) return;
  await withoutPerson(trx, id, { ...order, candidates });
  const events = await trx
    .selectFrom('shortlist_events')
    .select(['seq', 'event_json'])
    .where('shortlist_id', '=', id)
    .execute();
  for (const { seq, event_json } of events) {
    const event = JSON.parse(event_json) as ShortlistEvent;
    if (event.type !== 'final' || event.outcome.booking_id !== bookingId) continue;
    const outcome = { ...event.outcome, proof: null };
    await trx
      .updateTable('shortlist_events')
      .set({ event_json: JSON.stringify({ ...event, outcome } satisfies ShortlistEvent) })
      .where('shortlist_id', '=', id)
      .where('seq', '=', seq)
      .execute();
  }
}
