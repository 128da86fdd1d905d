import type { BookingOrder } from '../domain/order.ts';
import { parentFields } from '../domain/parent.ts';
import { isFinalStatus } from '../domain/result.ts';
import type { BookingView } from '../domain/view.ts';
import { RowNotWanted, takeRowFor } from './batch-follow.ts';
import { accountsIn, bookingIn, viewIn } from './booking-rows.ts';
import { parentColumn, searchColumns } from './booking-search.ts';
import { durably } from './durably.ts';
import type { Engine } from './engine.ts';
import { keyHashOf } from './key-hash.ts';
import { refuseTooMany, TooManyOpen } from './open-bookings.ts';
import type { AcceptResult, BookingRecords, StoredBooking } from './ports/bookings.ts';
import { refuseOvertaken } from './shortlist-bookings.ts';
import type { Database } from './tables.ts';

type Bookings = Pick<BookingRecords, 'acceptBooking' | 'markStarted' | 'booking' | 'ordersOf'>;

export const bookings = (db: Database, engine: Engine): Bookings => ({
  async acceptBooking({ order, owner, idempotency, phone_hash, simulated = false, accounts, bounds, calling_window }) {
    // On disk before the client gets the answer: after a power cut, a lost row would leave a run without a booking.
    return refusing(
      durably(db, engine, async (trx) => {
        const erased = idempotency && (await erasedBy(trx, keyHashOf(owner, idempotency.key)));
        if (erased) return { how: 'erased', booking_id: erased };
        const view = queued(order, simulated);
        const inserted = await trx
          .insertInto('bookings')
          .values({
            id: order.id,
            owner,
            idempotency_key: idempotency?.key ?? null,
            body_hash: idempotency?.body_hash ?? null,
            order_json: JSON.stringify(order),
            view_json: JSON.stringify(view),
            review_json: null,
            status: view.status,
            version: 0,
            last_seq: 0,
            started: 0,
            final_ms: null,
            created_ms: Date.parse(order.created_at),
            channel: null,
            result: null,
            sandbox: simulated ? 1 : 0,
            accounts_json: accounts ? JSON.stringify(accounts) : null,
            window_json: calling_window ? JSON.stringify(calling_window) : null,
            audit_ms: null,
            contradictions_json: null,
            follow_ups_json: null,
            parent: parentColumn(order),
            ...searchColumns(order, phone_hash),
          })
          // Conflicts by the key, or by the id, which is derived from the key.
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (inserted && bounds)
          await refuseTooMany(trx, bounds, { owner, phone_hash, created_ms: Date.parse(order.created_at) });
        if (inserted) await takeRowFor(trx, order);
        if (inserted) await refuseOvertaken(trx, order);
        if (inserted || !idempotency) return { how: 'created', order, view, accounts, started: false };

        const earlier = await trx
          .selectFrom('bookings')
          .select([
            'id',
            'body_hash',
            'order_json',
            'view_json',
            'review_json',
            'contradictions_json',
            'follow_ups_json',
            'started',
            'accounts_json',
            'status',
          ])
          .where('owner', '=', owner)
          .where('idempotency_key', '=', idempotency.key)
          .executeTakeFirstOrThrow();
        if (earlier.body_hash !== idempotency.body_hash) return { how: 'conflict', booking_id: earlier.id };
        // A booking that was ended without a run must not get one.
        const started = earlier.started === 1 || isFinalStatus(earlier.status);
        if (!started) await refuseOvertaken(trx, order);
        return {
          how: 'repeated',
          order: JSON.parse(earlier.order_json) as BookingOrder,
          view: viewIn(earlier),
          accounts: accountsIn(earlier),
          started,
        };
      }),
    );
  },

  async markStarted(bookingId) {
    await db.updateTable('bookings').set({ started: 1 }).where('id', '=', bookingId).where('started', '=', 0).execute();
  },

  booking: (bookingId) => storedIn(db, bookingId),

  async ordersOf(bookingIds) {
    if (bookingIds.length === 0) return new Map();
    const rows = await db.selectFrom('bookings').select(['id', 'order_json']).where('id', 'in', bookingIds).execute();
    return new Map(rows.map((row) => [row.id, JSON.parse(row.order_json) as BookingOrder]));
  },
});

/** One booking, unless its erasure has begun. */
export async function storedIn(db: Database, bookingId: string): Promise<StoredBooking | undefined> {
  const row = await db
    .selectFrom('bookings')
    .select([
      'order_json',
      'owner',
      'view_json',
      'review_json',
      'started',
      'sandbox',
      'accounts_json',
      'contradictions_json',
      'follow_ups_json',
    ])
    .where('id', '=', bookingId)
    .where('erasing', '=', 0)
    .executeTakeFirst();
  if (!row) return undefined;
  const stored = bookingIn(row);
  return { ...stored, owner: row.owner, started: row.started === 1 };
}

/** A reached bound, or a row that is not called any more, is an answer, not a failure. */
const refusing = (accepting: Promise<AcceptResult>): Promise<AcceptResult> =>
  accepting.catch((error: unknown) => {
    if (error instanceof TooManyOpen) return { how: 'too_many', of: error.of, most: error.most };
    if (error instanceof RowNotWanted) return { how: 'not_wanted' };
    throw error;
  });

/** The erased booking of this key. It must not be created a second time. */
async function erasedBy(trx: Database, keyHash: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('erasures')
    .select('booking_id')
    .where('key_hash', '=', keyHash)
    .limit(1)
    .executeTakeFirst();
  return row?.booking_id;
}

/** View of a booking before its workflow has written one. */
const queued = (order: BookingOrder, simulated: boolean): BookingView => ({
  id: order.id,
  status: 'queued',
  channel: null,
  simulated,
  outcome: null,
  review: null,
  attempts: [],
  waiting_for: null,
  waiting_until: null,
  follow_ups: [],
  cancel_requested: false,
  ...parentFields(order),
  metadata: order.metadata,
  created_at: order.created_at,
  updated_at: order.created_at,
});
