import { type SqlBool, sql } from 'kysely';
import type { BookingOrder } from '../domain/order.ts';
import { childKeyOf } from '../domain/parent.ts';
import { endingOf } from '../domain/shortlist/ending.ts';
import { mayHaveBooked } from '../domain/shortlist/meaning.ts';
import { viewIn } from './booking-rows.ts';
import { parentColumn } from './booking-search.ts';
import { keyHashOf } from './key-hash.ts';
import type { ShortlistBooking } from './ports/shortlists.ts';
import type { Database } from './tables.ts';

/**
 * Thrown in the accepting transaction, which is then rolled back: another candidate of the shortlist is being asked, or may have given an
 * appointment, or the shortlist is canceled or final.
 */
export class CandidateOvertaken extends Error {
  override readonly name = 'CandidateOvertaken';
}

/**
 * Whether a candidate of this shortlist was asked before, by the keys of its bookings. They outlive the shortlist, which goes by age: a
 * repeated request must not ask those that nobody asked then.
 */
export async function wasAsked(
  db: Database,
  owner: string,
  { id, candidates }: { id: string; candidates: readonly unknown[] },
): Promise<boolean> {
  const keys = candidates.map((_, i) => childKeyOf({ shortlist: { id, candidate: i + 1 } }));
  const known = await db
    .selectFrom('bookings')
    .select('id')
    .where('owner', '=', owner)
    .where('idempotency_key', 'in', keys)
    .limit(1)
    .executeTakeFirst();
  if (known) return true;
  const hashes = keys.map((key) => keyHashOf(owner, key));
  return (
    undefined !==
    (await db.selectFrom('erasures').select('booking_id').where('key_hash', 'in', hashes).limit(1).executeTakeFirst())
  );
}

/** All bookings of a shortlist, the oldest first. */
export async function bookingsOf(db: Database, shortlistId: string): Promise<ShortlistBooking[]> {
  const rows = await db
    .selectFrom('bookings')
    .select(['order_json', 'view_json', 'review_json', 'follow_ups_json', 'contradictions_json', 'started'])
    .where('parent', '=', parentColumn({ shortlist: { id: shortlistId, candidate: 1 } }))
    // The partial index matches by this text.
    .where(sql<SqlBool>`substr(parent, 1, 9) = 'shortlist'`)
    .orderBy('created_ms')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    order: JSON.parse(row.order_json) as BookingOrder,
    view: viewIn(row),
    started: row.started === 1,
  }));
}

/**
 * The last fence before a candidate's booking: whatever its shortlist's run believes, there are never two at once, and none after an
 * appointment, a doubt or a cancel.
 * @throws CandidateOvertaken
 */
export async function refuseOvertaken(trx: Database, { id, shortlist }: BookingOrder): Promise<void> {
  if (!shortlist) return;
  // Locks the shortlist: two transactions on PostgreSQL do not see each other.
  const parent = await trx
    .updateTable('shortlists')
    .set((eb) => ({ started: eb.ref('started') }))
    .where('id', '=', shortlist.id)
    .returning(['final_ms', 'cancel_ms', 'barred'])
    .executeTakeFirst();
  if (parent && (parent.final_ms !== null || parent.cancel_ms !== null || parent.barred === 1))
    throw new CandidateOvertaken('the shortlist is canceled or final');
  for (const { view } of await bookingsOf(trx, shortlist.id)) {
    if (view.id === id) continue;
    const ending = endingOf(view);
    if (!ending) throw new CandidateOvertaken(`${view.id} is open`);
    if (mayHaveBooked(ending.result)) throw new CandidateOvertaken(`${view.id} may be an appointment`);
  }
}
