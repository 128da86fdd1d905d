import type { DeleteQueryBuilder, DeleteResult } from 'kysely';
import { fits, nextQueue, type Queue, queueName, queueOf, type Wanted } from '../domain/queue-order.ts';
import { isFinalStatus } from '../domain/result.ts';
import { givePlaces, noteBounds, passGates, roomAt } from './gates.ts';
import type { LineHanded, PlacesWanted } from './ports/places.ts';
import type { Database, Tables } from './tables.ts';

/** A booking that waits at the gates keeps its number's line for so long; with its places it takes the line anew. */
const LINE_WHILE_WAITING_MS = 86_400_000;

/** A booking that holds its number's line and wants places. */
export interface Applicant {
  line_id: string;
  booking_id: string;
  owner: string;
  since_ms: number;
  hold_ms: number;
  /** undefined: its call takes no places. */
  places: PlacesWanted | undefined;
}

/**
 * Gives an applicant its places, or lets it wait in its queue. `handed`: others that were given places meanwhile.
 * Nobody overtakes: while anyone waits, a newcomer joins its queue first, and the next turn decides.
 */
export async function applyForPlaces(
  trx: Database,
  one: Applicant,
  now: number,
): Promise<{ given: boolean; handed: LineHanded[] }> {
  const { places, booking_id, line_id, owner, since_ms, hold_ms } = one;
  if (!places || places.wanted.length === 0) return { given: true, handed: [] };
  const { call_id, batch, wanted } = places;
  const turn = await passGates(trx);
  await noteBounds(trx, wanted);
  const room = await roomAt(trx, gatesOf([{ wanted }]), now, call_id);
  const waits = await trx.selectFrom('place_queues').select('queue').limit(1).executeTakeFirst();
  if (fits(wanted, room) && (!waits || (await hasPlaces(trx, call_id, now)))) {
    await givePlaces(trx, wanted, { call_id, booking_id, until_ms: now + hold_ms });
    return { given: true, handed: [] };
  }
  const queue = queueName(owner, batch, wanted);
  await openQueue(trx, queue, owner, turn);
  const waiting = { has_line: 1, call_id, queue };
  await trx
    .insertInto('line_waiters')
    .values({ line_id, booking_id, owner, since_ms, hold_ms, ...waiting })
    .onConflict((conflict) => conflict.columns(['line_id', 'booking_id']).doUpdateSet({ hold_ms, ...waiting }))
    .execute();
  await trx
    .updateTable('lines')
    .set({ until_ms: now + Math.max(hold_ms, LINE_WHILE_WAITING_MS), handed_ms: null })
    .where('line_id', '=', line_id)
    .where('booking_id', '=', booking_id)
    .execute();
  const handed = await giveFreePlaces(trx, now, turn);
  return { given: handed.some((other) => other.booking_id === booking_id), handed: notOf(booking_id, handed) };
}

const hasPlaces = async (trx: Database, callId: string, now: number): Promise<boolean> =>
  (await trx
    .selectFrom('slots')
    .select('call_id')
    .where('call_id', '=', callId)
    .where('until_ms', '>', now)
    .limit(1)
    .executeTakeFirst()) !== undefined;

const notOf = (bookingId: string, handed: LineHanded[]): LineHanded[] =>
  handed.filter((other) => other.booking_id !== bookingId);

const leaveQueue = (trx: Database, bookingId: string, lineId: string) =>
  trx.deleteFrom('line_waiters').where('line_id', '=', lineId).where('booking_id', '=', bookingId).execute();

type FreedSlots = DeleteQueryBuilder<Tables, 'slots', DeleteResult>;

/** Frees the places that `which` picks, and gives them on. Returns the bookings that may dial now; they have not been signaled. */
export async function freePlaces(
  trx: Database,
  which: (slots: FreedSlots) => FreedSlots,
  now: number,
): Promise<LineHanded[]> {
  const freed = await which(trx.deleteFrom('slots')).returning('call_id').execute();
  return freed.length > 0 ? giveFreePlaces(trx, now) : [];
}

/** Lets a queue take part in the turns, behind those that had none since. */
const openQueue = (trx: Database, queue: string, owner: string, turn: number) =>
  trx
    .insertInto('place_queues')
    .values({ queue, owner, turn })
    .onConflict((conflict) => conflict.column('queue').doNothing())
    .execute();

/**
 * Gives the places that are free to those who wait, in their order, until none fits. The number of statements depends on the number of
 * queues and of places given, not on the number of bookings that wait. Returns the bookings that may dial now; they have not been signaled.
 */
export async function giveFreePlaces(trx: Database, now: number, passed?: number): Promise<LineHanded[]> {
  if (!(await trx.selectFrom('place_queues').select('queue').limit(1).executeTakeFirst())) return [];
  let turn = passed ?? (await passGates(trx));
  let queues = await queuesOf(trx);
  const handed: LineHanded[] = [];
  while (queues.length > 0) {
    const room = await roomAt(trx, gatesOf(queues), now);
    const next = nextQueue(queues, room);
    if (!next) return handed;
    const given = await giveToFirst(trx, next, now);
    if (given === 'nobody') {
      await trx.deleteFrom('place_queues').where('queue', '=', next.queue).execute();
      queues = queues.filter(({ queue }) => queue !== next.queue);
    } else if (given !== 'passed over') {
      handed.push(given);
      await noteTurn(trx, next, turn);
      queues = queues.map((queue) => ({
        ...queue,
        turn: queue.queue === next.queue ? turn : queue.turn,
        owner_turn: queue.owner === next.owner ? turn : queue.owner_turn,
      }));
      turn += 1;
    }
  }
  return handed;
}

const gatesOf = (queues: readonly { wanted: readonly Wanted[] }[]): string[] => [
  ...new Set(queues.flatMap(({ wanted }) => wanted.map(({ gate }) => gate))),
];

async function queuesOf(trx: Database): Promise<Queue[]> {
  const rows = await trx
    .selectFrom('place_queues as queue')
    .leftJoin('place_turns as of_owner', 'of_owner.owner', 'queue.owner')
    .select(['queue.queue', 'queue.turn', 'of_owner.turn as owner_turn'])
    .execute();
  return rows.map(({ queue, turn, owner_turn }) => ({
    ...queueOf(queue),
    turn: Number(turn),
    owner_turn: Number(owner_turn ?? 0),
  }));
}

async function noteTurn(trx: Database, { queue, owner }: Queue, turn: number): Promise<void> {
  await trx.updateTable('place_queues').set({ turn }).where('queue', '=', queue).execute();
  await trx
    .insertInto('place_turns')
    .values({ owner, turn })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet({ turn }))
    .execute();
}

/** Gives places to the booking that waits longest in the queue. `passed over`: it had ended, or has lost its number to another booking. */
async function giveToFirst(
  trx: Database,
  { queue, wanted }: Queue,
  now: number,
): Promise<LineHanded | 'nobody' | 'passed over'> {
  const first = await trx
    .selectFrom('line_waiters as waiter')
    .leftJoin('bookings as booking', 'booking.id', 'waiter.booking_id')
    .select([
      'waiter.line_id',
      'waiter.booking_id',
      'waiter.owner',
      'waiter.call_id',
      'waiter.hold_ms',
      'booking.status',
    ])
    .where('waiter.queue', '=', queue)
    .where('waiter.has_line', '=', 1)
    .orderBy('waiter.since_ms')
    .orderBy('waiter.booking_id')
    .limit(1)
    .executeTakeFirst();
  if (!first?.call_id) return 'nobody';
  const { line_id, booking_id, owner, call_id, status } = first;
  if (status === null || isFinalStatus(status)) {
    await leaveQueue(trx, booking_id, line_id);
    return 'passed over';
  }
  const until_ms = now + Number(first.hold_ms);
  const line = { booking_id, owner, taken_ms: now, until_ms, handed_ms: now };
  const held = await trx
    .insertInto('lines')
    .values({ line_id, ...line })
    .onConflict((conflict) =>
      conflict
        .column('line_id')
        .doUpdateSet(line)
        .where((eb) => eb.or([eb('lines.booking_id', '=', booking_id), eb('lines.until_ms', '<=', now)])),
    )
    .returning('line_id')
    .executeTakeFirst();
  if (!held) {
    await trx
      .updateTable('line_waiters')
      .set({ has_line: 0 })
      .where('line_id', '=', line_id)
      .where('booking_id', '=', booking_id)
      .execute();
    return 'passed over';
  }
  await leaveQueue(trx, booking_id, line_id);
  await givePlaces(trx, wanted, { call_id, booking_id, until_ms });
  return { line_id, booking_id };
}
