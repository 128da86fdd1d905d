import type { Kysely } from 'kysely';
import type { Evidence } from '../domain/evidence.ts';
import { maskPhone } from '../domain/mask-numbers.ts';
import type { BookingOrder } from '../domain/order.ts';
import { asksNeverToBeCalled } from '../domain/prohibition.ts';
import { attemptOf } from './attempt-id.ts';
import type { Database } from './tables.ts';

interface Entry {
  phone_hash: string;
  phone_masked: string;
  booking_id: string;
  at: string;
  reason?: string | null | undefined;
  /** Milliseconds since 1970; null: without end. */
  expires_ms?: number | null | undefined;
}

/**
 * Part of a larger query: one of these hashes that is on the do-not-call list.
 * @param now milliseconds since 1970
 */
export const forbiddenAmong = (trx: Database, phoneHashes: readonly string[], now: number) =>
  trx
    .selectFrom('do_not_call')
    .select('phone_hash')
    .where('phone_hash', 'in', phoneHashes)
    .where((eb) => eb.or([eb('expires_ms', 'is', null), eb('expires_ms', '>', now)]))
    .limit(1);

/** The first entry of a number stays, unless it ends sooner than this one. */
export async function enterNumber(trx: Database, { reason = null, expires_ms = null, ...entry }: Entry): Promise<void> {
  await trx
    .insertInto('do_not_call')
    .values({ ...entry, reason, expires_ms })
    .onConflict((conflict) =>
      conflict
        .column('phone_hash')
        .doUpdateSet({ ...entry, reason, expires_ms })
        .where('do_not_call.expires_ms', 'is not', null)
        .where((eb) => (expires_ms === null ? eb.lit(true) : eb('do_not_call.expires_ms', '<', expires_ms))),
    )
    .execute();
}

/** Enters the number for a call in which that was requested. Once: an operator's removal stays. */
export async function enterForCall(trx: Database, callId: string, entry: Entry): Promise<void> {
  const first = await trx
    .insertInto('prohibitions')
    .values({ call_id: callId, booking_id: entry.booking_id })
    .onConflict((conflict) => conflict.column('call_id').doNothing())
    .returning('call_id')
    .executeTakeFirst();
  if (first) await enterNumber(trx, entry);
}

/**
 * Called for all evidence, in the transaction that stores it: if the business asks never to be called again, its number is forbidden once
 * the evidence is stored. A simulation forbids nothing. Rows from before the numbers' hashes have no hash: the workflow, which knows the
 * number, enters it.
 */
export async function honour(trx: Database, evidence: Evidence): Promise<void> {
  if (!asksNeverToBeCalled(evidence)) return;
  const { booking_id } = attemptOf(evidence.call_id);
  const attempt = await trx
    .selectFrom('attempts')
    .select('channel')
    .where('call_id', '=', evidence.call_id)
    .executeTakeFirst();
  if (attempt?.channel === 'simulation') return;
  const booking = await trx
    .selectFrom('bookings')
    .select(['phone_hash', 'order_json'])
    .where('id', '=', booking_id)
    .executeTakeFirst();
  if (!booking?.phone_hash) return;
  const { business } = JSON.parse(booking.order_json) as BookingOrder;
  await enterForCall(trx, evidence.call_id, {
    phone_hash: booking.phone_hash,
    phone_masked: maskPhone(business.phone),
    booking_id,
    at: evidence.at,
  });
}

/**
 * Calls that have put a number on the do-not-call list. No foreign key: if a booking's row is lost, its call forbids the number all the
 * same.
 */
export async function createProhibitions({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('prohibitions')
    .addColumn('call_id', 'text', (column) => column.primaryKey())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('prohibitions_by_booking').on('prohibitions').column('booking_id').execute();
}
