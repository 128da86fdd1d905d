import { queueName, queueOf } from '../domain/queue-order.ts';
import { isFinalStatus } from '../domain/result.ts';
import { DIALING, heldIn } from './dialing-gate.ts';
import { applyForPlaces, giveFreePlaces } from './places.ts';
import type { LineRecords } from './ports/lines.ts';
import type { LineHanded, PlacesWanted } from './ports/places.ts';
import { forbiddenAmong } from './prohibitions.ts';
import type { Database } from './tables.ts';

/** Bound on the count: a key with more lines has many calls, whatever their exact number. */
const MAX_COUNTED = 1_000;

/**
 * One row for each number that a booking may ring now. The primary key keeps a second booking out. A booking that finds the line taken
 * becomes a waiter. A release hands the line to the next waiter in the same transaction, so waiters need not poll. A holder whose call takes
 * places at gates (providers, batches) waits there for its turn, with the line.
 */
export const lines = (db: Database, clock: () => number): LineRecords => ({
  async takeLine({ line_id, booking_id, now, until, phone_hashes, places: given, for_dial }) {
    const taken_ms = Date.parse(now);
    const until_ms = Date.parse(until);
    return db.transaction().execute(async (trx) => {
      const before = await trx
        .selectNoFrom((eb) => [
          eb.selectFrom('bookings').select('status').where('id', '=', booking_id).as('status'),
          ownerOf(trx, booking_id).as('owner'),
          eb
            .selectFrom('line_waiters')
            .select('since_ms')
            .where('line_id', '=', line_id)
            .where('booking_id', '=', booking_id)
            .as('waits'),
          othersOfKey(trx, line_id, booking_id).as('others_of_key'),
          (phone_hashes ? forbiddenAmong(trx, phone_hashes, taken_ms) : eb.lit(null)).as('forbidden'),
          (for_dial ? heldIn(trx) : eb.lit(null)).as('hold'),
        ])
        .executeTakeFirstOrThrow();
      if (before.forbidden !== null) return { taken: false, of_key: 0, forbidden: true };
      // The booking has ended; this request comes from a run that does not know it.
      if (before.status !== null && isFinalStatus(before.status)) return { taken: false, of_key: 0, over: true };
      const owner = before.owner ?? '';
      const places = before.hold === null ? given : withHold(given, booking_id);
      const held = await trx
        .insertInto('lines')
        .values({ line_id, booking_id, owner, taken_ms, until_ms })
        .onConflict((conflict) =>
          conflict
            .column('line_id')
            .doUpdateSet({ booking_id, owner, taken_ms, until_ms, handed_ms: null })
            .where((eb) => eb.or([eb('lines.booking_id', '=', booking_id), eb('lines.until_ms', '<=', taken_ms)])),
        )
        .returning('line_id')
        .executeTakeFirst();
      const hold_ms = until_ms - taken_ms;
      const since_ms = Number(before.waits ?? taken_ms);
      if (held) {
        const applicant = { line_id, booking_id, owner, since_ms, hold_ms, places };
        const { given: hasPlaces, handed } = await applyForPlaces(trx, applicant, taken_ms);
        const waits_for = before.hold === null ? 'place' : 'dialing';
        if (!hasPlaces) return { taken: false, of_key: 0, waits_for, handed };
        if (before.waits !== null) await stopWaiting(trx, booking_id, line_id);
        const taken = { taken: true, of_key: Number(before.others_of_key) + 1 };
        return handed.length > 0 ? { ...taken, handed } : taken;
      }
      const wanted = places && {
        call_id: places.call_id,
        queue: queueName(owner, places.batch, places.wanted),
      };
      await trx
        .insertInto('line_waiters')
        .values({ line_id, booking_id, owner, since_ms, hold_ms, ...wanted })
        .onConflict((conflict) =>
          conflict.columns(['line_id', 'booking_id']).doUpdateSet({ has_line: 0, ...(wanted ?? { call_id: null }) }),
        )
        .execute();
      return { taken: false, of_key: 0, waits_for: 'number' };
    });
  },

  async releaseLine({ line_id, booking_id, asked_at }) {
    return db.transaction().execute(async (trx) => {
      await stopWaiting(trx, booking_id, line_id);
      return release(trx, { line_id, booking_id, now: clock(), taken_by: Date.parse(asked_at) });
    });
  },
});

/** Releases all lines and places of a booking that has its outcome, and removes it from the waiters. Returns the bookings that may dial now. */
export async function releaseAll(trx: Database, bookingId: string, now: number): Promise<LineHanded[]> {
  await stopWaiting(trx, bookingId);
  const freed = await freePlacesOf(trx, bookingId);
  const released = await trx.deleteFrom('lines').where('booking_id', '=', bookingId).returning('line_id').execute();
  return handAllOn(trx, released, freed, now);
}

/**
 * Releases one line of a booking, with its places, if it holds the line since `taken_by` or before (default: at all). Returns the bookings
 * that may dial now.
 */
export async function release(
  trx: Database,
  { line_id, booking_id, now, taken_by }: { line_id: string; booking_id: string; now: number; taken_by?: number },
): Promise<LineHanded[]> {
  let held = trx.deleteFrom('lines').where('line_id', '=', line_id).where('booking_id', '=', booking_id);
  if (taken_by !== undefined) held = held.where('taken_ms', '<=', taken_by);
  const released = await held.returning('line_id').execute();
  if (released.length === 0) return [];
  return handAllOn(trx, released, await freePlacesOf(trx, booking_id), now);
}

/** Frees the places of a booking without a call. True: there were some. */
async function freePlacesOf(trx: Database, bookingId: string): Promise<boolean> {
  const freed = await trx.deleteFrom('slots').where('booking_id', '=', bookingId).returning('call_id').execute();
  return freed.length > 0;
}

/** Hands released lines on, and places that were freed. */
async function handAllOn(
  trx: Database,
  released: readonly { line_id: string }[],
  freed: boolean,
  now: number,
): Promise<LineHanded[]> {
  const handed: LineHanded[] = [];
  for (const { line_id } of released) handed.push(...(await handOn(trx, line_id, now)));
  return freed ? [...handed, ...(await giveFreePlaces(trx, now))] : handed;
}

export async function stopWaiting(trx: Database, bookingId: string, lineId?: string): Promise<void> {
  let rows = trx.deleteFrom('line_waiters').where('booking_id', '=', bookingId);
  if (lineId !== undefined) rows = rows.where('line_id', '=', lineId);
  await rows.execute();
}

/**
 * Keys take turns. Within a key the longest waiter comes first. A booking that has ended is skipped. The next holder dials at once if its
 * call finds its places, else it waits for them with the line.
 */
async function handOn(trx: Database, line_id: string, now: number): Promise<LineHanded[]> {
  for (;;) {
    const next = await trx
      .selectFrom('line_waiters as waiter')
      .leftJoin('bookings as booking', 'booking.id', 'waiter.booking_id')
      .leftJoin('line_turns as turn', (join) =>
        join.onRef('turn.line_id', '=', 'waiter.line_id').onRef('turn.owner', '=', 'waiter.owner'),
      )
      .select(['waiter.booking_id', 'waiter.owner', 'waiter.hold_ms', 'waiter.since_ms', 'waiter.call_id'])
      .select(['waiter.queue', 'booking.status'])
      .where('waiter.line_id', '=', line_id)
      .orderBy((eb) => eb.fn.coalesce('turn.at_ms', eb.lit(0)))
      .orderBy('waiter.since_ms')
      .orderBy('waiter.booking_id')
      .limit(1)
      .executeTakeFirst();
    if (!next) return [];
    const { booking_id, owner, status } = next;
    const waited = await trx
      .deleteFrom('line_waiters')
      .where('line_id', '=', line_id)
      .where('booking_id', '=', booking_id)
      .returning('booking_id')
      .executeTakeFirst();
    // Its end was written just now, which removed it from the waiters.
    if (!waited) continue;
    if (status === null || isFinalStatus(status)) continue;
    const hold_ms = Number(next.hold_ms);
    const taken = { taken_ms: now, until_ms: now + hold_ms, handed_ms: now };
    await trx
      .insertInto('lines')
      .values({ line_id, booking_id, owner, ...taken })
      .execute();
    await trx
      .insertInto('line_turns')
      .values({ line_id, owner, at_ms: now })
      .onConflict((conflict) => conflict.columns(['line_id', 'owner']).doUpdateSet({ at_ms: now }))
      .execute();
    const applicant = { line_id, booking_id, owner, since_ms: Number(next.since_ms), hold_ms, places: wantedBy(next) };
    const { given, handed } = await applyForPlaces(trx, applicant, now);
    return given ? [{ line_id, booking_id }, ...handed] : handed;
  }
}

/** The bounds of its gates were noted when it began to wait. */
function wantedBy({ call_id, queue }: { call_id: string | null; queue: string | null }): PlacesWanted | undefined {
  if (call_id === null || queue === null) return undefined;
  const { batch, wanted } = queueOf(queue);
  return { call_id, batch, wanted: [...wanted] };
}

/** While dialing is held, a call also wants a place at a gate that has none: its booking waits, and its budgets stand still. */
const withHold = (places: PlacesWanted | undefined, bookingId: string): PlacesWanted => ({
  call_id: places?.call_id ?? `${bookingId}.held`,
  batch: places?.batch ?? null,
  wanted: [...(places?.wanted ?? []), { gate: DIALING, count: 1 }],
});

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
