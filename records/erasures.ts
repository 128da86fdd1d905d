import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Accounts } from '../domain/accounts.ts';
import type { Erasure, ProviderTrace } from '../domain/erasure.ts';
import { FIRST_INBOUND } from '../domain/ids.ts';
import { iso } from '../domain/iso.ts';
import { isFinalStatus } from '../domain/result.ts';
import { eraseRowOf } from './batch-follow.ts';
import type { Engine } from './engine.ts';
import { tracesOf } from './erasure-traces.ts';
import { keyHashOf } from './key-hash.ts';
import type { ErasureRecords } from './ports/erasures.ts';
import { forgetCandidate } from './shortlists.ts';
import type { Database } from './tables.ts';

type Erasures = Pick<
  ErasureRecords,
  | 'beginErasure'
  | 'erasure'
  | 'forgetBooking'
  | 'addTraces'
  | 'tracesLeft'
  | 'traceGone'
  | 'finishErasure'
  | 'isErased'
  | 'callNumbersOf'
>;

const sha256 = (...parts: string[]): string => createHash('sha256').update(parts.join('\0')).digest('hex');

/** Replaces a provider's id of an erased call: a late webhook is recognised by it, but the call is not. */
const traceHashOf = ({ kind, provider_id }: ProviderTrace): string => sha256(kind, provider_id);

/**
 * Erases bookings. A row about the erasure, the keyed owner and hashes of ids remain. From the start of the erasure nobody can read the
 * booking. Once its rows are deleted, nothing of it can be stored again (`UnknownBooking`).
 */
export const erasures = (db: Database, engine: Engine): Erasures => ({
  async beginErasure(bookingId, { at, unstarted = false }) {
    return db.transaction().execute(async (trx) => {
      const row = await trx
        .updateTable('bookings')
        .set((eb) => ({ last_seq: eb('last_seq', '+', 0) }))
        .where('id', '=', bookingId)
        .returning(['owner', 'idempotency_key', 'status', 'started', 'created_ms', 'accounts_json'])
        .executeTakeFirst();
      if (!row) return (await erasureOf(trx, bookingId)) ? 'begun' : 'unknown';
      const never = unstarted && row.started === 0;
      if (!isFinalStatus(row.status) && !never) return 'not_final';
      await trx
        .insertInto('erasures')
        .values({
          booking_id: bookingId,
          owner: row.owner,
          key_hash: row.idempotency_key === null ? null : keyHashOf(row.owner, row.idempotency_key),
          created_ms: Number(row.created_ms),
          calls: 0,
          requested_ms: Date.parse(at),
          forgotten: 0,
          erased_ms: null,
          accounts_json: row.accounts_json,
        })
        .onConflict((conflict) => conflict.column('booking_id').doNothing())
        .execute();
      await eraseRowOf(trx, bookingId);
      await trx.updateTable('bookings').set({ erasing: 1 }).where('id', '=', bookingId).execute();
      return 'begun';
    });
  },

  erasure: (bookingId) => erasureOf(db, bookingId),

  async callNumbersOf(bookingId) {
    const known = await db
      .selectFrom('erasures')
      .select(['calls', 'inbound'])
      .where('booking_id', '=', bookingId)
      .executeTakeFirst();
    const dialed = Math.max(known?.calls ?? 0, await attemptsIn(db, bookingId));
    const inbound = Math.max(known?.inbound ?? 0, await inboundIn(db, bookingId));
    const numbersFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
    return [...numbersFrom(1, dialed), ...numbersFrom(FIRST_INBOUND, inbound)];
  },

  async forgetBooking(bookingId) {
    await db.transaction().execute(async (trx) => {
      const begun = await trx
        .updateTable('erasures')
        .set({ forgotten: 1 })
        .where('booking_id', '=', bookingId)
        .returning('calls')
        .executeTakeFirst();
      if (!begun) throw new Error(`the erasure of ${bookingId} has not begun`);
      const calls = Math.max(begun.calls, await attemptsIn(trx, bookingId));
      const inbound = await inboundIn(trx, bookingId);
      await trx.updateTable('erasures').set({ calls, inbound }).where('booking_id', '=', bookingId).execute();
      const traces = await tracesOf(trx, bookingId);
      await addTraces(trx, bookingId, traces);
      for (const { kind, provider_id } of traces) {
        await trx.deleteFrom('unclaimed').where(kind, '=', provider_id).execute();
      }
      await forgetCandidate(trx, bookingId);
      // The booking's row cascades to its other tables, but not to these.
      for (const table of [
        'links',
        'stream_tokens',
        'hosted_calls',
        'lines',
        'prohibitions',
        'inbound_calls',
      ] as const) {
        await trx.deleteFrom(table).where('booking_id', '=', bookingId).execute();
      }
      await trx.deleteFrom('bookings').where('id', '=', bookingId).execute();
    });
    if (engine === 'sqlite') await emptyLog(db);
  },

  async addTraces(bookingId, traces) {
    await db.transaction().execute((trx) => addTraces(trx, bookingId, traces));
  },

  async tracesLeft(bookingId) {
    const rows = await db
      .selectFrom('erasure_traces')
      .select(['kind', 'provider_id'])
      .where('booking_id', '=', bookingId)
      .orderBy('kind')
      .orderBy('provider_id')
      .execute();
    const known = await db
      .selectFrom('erasures')
      .select(['created_ms', 'accounts_json'])
      .where('booking_id', '=', bookingId)
      .executeTakeFirst();
    return {
      since: iso(Number(known?.created_ms ?? 0)),
      traces: rows,
      accounts: known?.accounts_json ? (JSON.parse(known.accounts_json) as Accounts) : undefined,
    };
  },

  async traceGone(bookingId, { kind, provider_id }) {
    await db
      .deleteFrom('erasure_traces')
      .where('booking_id', '=', bookingId)
      .where('kind', '=', kind)
      .where('provider_id', '=', provider_id)
      .execute();
  },

  async finishErasure(bookingId, at) {
    await db
      .updateTable('erasures')
      .set({ erased_ms: Date.parse(at) })
      .where('booking_id', '=', bookingId)
      .where('erased_ms', 'is', null)
      .execute();
  },

  async isErased({ booking_id, call_sid, conversation_id }) {
    if (booking_id !== undefined && (await erasureOf(db, booking_id))) return true;
    const hashes = [
      ...(call_sid ? [traceHashOf({ kind: 'call_sid', provider_id: call_sid })] : []),
      ...(conversation_id ? [traceHashOf({ kind: 'conversation_id', provider_id: conversation_id })] : []),
    ];
    if (hashes.length === 0) return false;
    const row = await db.selectFrom('erased_ids').select('id_hash').where('id_hash', 'in', hashes).executeTakeFirst();
    return row !== undefined;
  },
});

/**
 * SQLite's log holds former content of the pages. If another connection is reading, the log is emptied a moment later, by the next write to
 * a log that has grown.
 */
export async function emptyLog(db: Database): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
}

async function erasureOf(db: Database, bookingId: string): Promise<Erasure | undefined> {
  const row = await db
    .selectFrom('erasures')
    .select(['owner', 'requested_ms', 'erased_ms'])
    .select((eb) =>
      eb
        .selectFrom('erasure_traces')
        .select((of) => of.fn.countAll().as('count'))
        .whereRef('erasure_traces.booking_id', '=', 'erasures.booking_id')
        .as('left'),
    )
    .where('booking_id', '=', bookingId)
    .executeTakeFirst();
  if (!row) return undefined;
  // PostgreSQL's driver returns 64-bit integers as strings.
  return {
    booking_id: bookingId,
    owner: row.owner,
    requested_at: iso(Number(row.requested_ms)),
    erased_at: row.erased_ms === null ? null : iso(Number(row.erased_ms)),
    left_at_providers: Number(row.left ?? 0),
  };
}

/** Number of calls of the business to us that were given to the booking. */
async function inboundIn(db: Database, bookingId: string): Promise<number> {
  const row = await db
    .selectFrom('inbound_calls')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('booking_id', '=', bookingId)
    .where('call_id', 'is not', null)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Highest number of a known call of ours. */
async function attemptsIn(db: Database, bookingId: string): Promise<number> {
  let most = 0;
  for (const table of ['attempts', 'turns', 'recordings'] as const) {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.max('number').as('number'))
      .where('booking_id', '=', bookingId)
      .where('number', '<', FIRST_INBOUND)
      .executeTakeFirst();
    most = Math.max(most, Number(row?.number ?? 0));
  }
  return most;
}

async function addTraces(trx: Database, booking_id: string, traces: readonly ProviderTrace[]): Promise<void> {
  for (const trace of traces) {
    await trx
      .insertInto('erasure_traces')
      .values({ booking_id, ...trace })
      .onConflict((conflict) => conflict.columns(['booking_id', 'kind', 'provider_id']).doNothing())
      .execute();
    await trx
      .insertInto('erased_ids')
      .values({ id_hash: traceHashOf(trace), booking_id })
      .onConflict((conflict) => conflict.column('id_hash').doNothing())
      .execute();
  }
}
