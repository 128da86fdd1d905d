import { isFinalStatus } from '../domain/result.ts';
import type { LineHanded, LineRecords } from './ports/lines.ts';
import { forbiddenAmong } from './prohibitions.ts';
import type { Database } from './tables.ts';

/** Bound on the count: a key with more lines has many calls, whatever their exact number. */
const MAX_COUNTED = 1_000;

/**
 * One row for each number that a booking may ring now. The primary key keeps a second booking out. A booking that finds the line taken
 * becomes a waiter. A release hands the line to the next waiter in the same transaction, so waiters need not poll.
 */
export const lines = (db: Database, clock: () => number): LineRecords => ({
  async takeLine({ line_id, booking_id, now, until, phone_hashes }) {
    const taken_ms = Date.parse(now);
    const until_ms = Date.parse(until);
    return db.transaction().execute(async (trx) => {
      const before = await trx
        .selectNoFrom((eb) => [
          eb.selectFrom('bookings').select('status').where('id', '=', booking_id).as('status'),
          ownerOf(trx, booking_id).as('owner'),
          eb
            .selectFrom('line_waiters')
            .select('line_id')
            .where('line_id', '=', line_id)
            .where('booking_id', '=', booking_id)
            .as('waits'),
          othersOfKey(trx, line_id, booking_id).as('others_of_key'),
          (phone_hashes ? forbiddenAmong(trx, phone_hashes) : eb.lit(null)).as('forbidden'),
        ])
        .executeTakeFirstOrThrow();
      if (before.forbidden !== null) return { taken: false, of_key: 0, forbidden: true };
      // The booking has ended; this request comes from a run that does not know it.
      if (before.status !== null && isFinalStatus(before.status)) return { taken: false, of_key: 0, over: true };
      const owner = before.owner ?? '';
      const held = await trx
        .insertInto('lines')
        .values({ line_id, booking_id, owner, taken_ms, until_ms })
        .onConflict((conflict) =>
          conflict
            .column('line_id')
            .doUpdateSet({ booking_id, owner, taken_ms, until_ms })
            .where((eb) => eb.or([eb('lines.booking_id', '=', booking_id), eb('lines.until_ms', '<=', taken_ms)])),
        )
        .returning('line_id')
        .executeTakeFirst();
      if (held) {
        if (before.waits !== null) await stopWaiting(trx, booking_id, line_id);
        return { taken: true, of_key: Number(before.others_of_key) + 1 };
      }
      await trx
        .insertInto('line_waiters')
        .values({ line_id, booking_id, owner, since_ms: taken_ms, hold_ms: until_ms - taken_ms })
        .onConflict((conflict) => conflict.columns(['line_id', 'booking_id']).doNothing())
        .execute();
      return { taken: false, of_key: 0 };
    });
  },

  async releaseLine({ line_id, booking_id, asked_at }) {
    return db.transaction().execute(async (trx) => {
      await stopWaiting(trx, booking_id, line_id);
      return release(trx, { line_id, booking_id, now: clock(), taken_by: Date.parse(asked_at) });
    });
  },
});

/**
 * Releases all lines of a booking that has its outcome, and removes it from the waiters. Returns the lines that were handed on, with their
 * new holders.
 */
export async function releaseAll(trx: Database, bookingId: string, now: number): Promise<LineHanded[]> {
  await stopWaiting(trx, bookingId);
  const released = await trx.deleteFrom('lines').where('booking_id', '=', bookingId).returning('line_id').execute();
  const handed: LineHanded[] = [];
  for (const { line_id } of released) {
    const booking_id = await handOn(trx, line_id, now);
    if (booking_id !== undefined) handed.push({ line_id, booking_id });
  }
  return handed;
}

/** Releases one line of a booking, if it holds it since `taken_by` or before (default: at all). Returns the booking that has the line now. */
export async function release(
  trx: Database,
  { line_id, booking_id, now, taken_by }: { line_id: string; booking_id: string; now: number; taken_by?: number },
): Promise<string | undefined> {
  let held = trx.deleteFrom('lines').where('line_id', '=', line_id).where('booking_id', '=', booking_id);
  if (taken_by !== undefined) held = held.where('taken_ms', '<=', taken_by);
  const released = await held.returning('line_id').executeTakeFirst();
  return released && handOn(trx, line_id, now);
}

export async function stopWaiting(trx: Database, bookingId: string, lineId?: string): Promise<void> {
  let rows = trx.deleteFrom('line_waiters').where('booking_id', '=', bookingId);
  if (lineId !== undefined) rows = rows.where('line_id', '=', lineId);
  await rows.execute();
}

/** Keys take turns. Within a key the longest waiter comes first. A booking that has ended is skipped. */
async function handOn(trx: Database, line_id: string, now: number): Promise<string | undefined> {
  for (;;) {
    const next = await trx
      .selectFrom('line_waiters as waiter')
      .leftJoin('bookings as booking', 'booking.id', 'waiter.booking_id')
      .leftJoin('line_turns as turn', (join) =>
        join.onRef('turn.line_id', '=', 'waiter.line_id').onRef('turn.owner', '=', 'waiter.owner'),
      )
      .select(['waiter.booking_id', 'waiter.owner', 'waiter.hold_ms', 'booking.status'])
      .where('waiter.line_id', '=', line_id)
      .orderBy((eb) => eb.fn.coalesce('turn.at_ms', eb.lit(0)))
      .orderBy('waiter.since_ms')
      .orderBy('waiter.booking_id')
      .limit(1)
      .executeTakeFirst();
    if (!next) return undefined;
    const { booking_id, owner, status, hold_ms } = next;
    const waited = await trx
      .deleteFrom('line_waiters')
      .where('line_id', '=', line_id)
      .where('booking_id', '=', booking_id)
      .returning('booking_id')
      .executeTakeFirst();
    // Its end was written just now, which removed it from the waiters.
    if (!waited) continue;
    if (status === null || isFinalStatus(status)) continue;
    const until_ms = now + Number(hold_ms);
    await trx.insertInto('lines').values({ line_id, booking_id, owner, taken_ms: now, until_ms }).execute();
    await trx
      .insertInto('line_turns')
      .values({ line_id, owner, at_ms: now })
      .onConflict((conflict) => conflict.columns(['line_id', 'owner']).doUpdateSet({ at_ms: now }))
      .execute();
    return booking_id;
  }
}

const ownerOf = (trx: Database, bookingId: string) =>
  trx.selectFrom('bookings').select('owner').where('id', '=', bookingId);

/** Number of other lines that the booking's API key holds. */
const othersOfKey = (trx: Database, lineId: string, bookingId: string) =>
  trx
    .selectFrom(
      trx
        .selectFrom('lines')
        .select('line_id')
        .where('owner', '=', ownerOf(trx, bookingId))
        .where('line_id', '<>', lineId)
        .limit(MAX_COUNTED)
        .as('held'),
    )
    .select((eb) => eb.fn.countAll<number | string>().as('count'));
