import type { Room, Wanted } from '../domain/queue-order.ts';
import type { Bounded } from './ports/places.ts';
import type { Database } from './tables.ts';

/** The row that stands for all gates: the transaction that raises it gives and takes places alone until it ends. */
const ALL = '*';

/** Turns that one transaction may give. */
const TURNS = 4096;

/** Lets this transaction count, give and take places alone. Returns its first turn: turns grow from one transaction to the next. */
export async function passGates(trx: Database): Promise<number> {
  const { takes } = await trx
    .insertInto('slot_gates')
    .values({ provider: ALL, takes: 1 })
    .onConflict((conflict) =>
      conflict.column('provider').doUpdateSet((eb) => ({ takes: eb('slot_gates.takes', '+', 1) })),
    )
    .returning('takes')
    .executeTakeFirstOrThrow();
  return Number(takes) * TURNS;
}

/** Keeps the bounds that come with a request, for those who free places later. A bound that is not given stays as it is. */
export async function noteBounds(trx: Database, wanted: readonly Bounded[]): Promise<void> {
  for (const { gate, most } of wanted) if (most !== undefined) await setBound(trx, gate, most);
}

export async function setBound(trx: Database, gate: string, most: number): Promise<void> {
  await trx
    .insertInto('slot_gates')
    .values({ provider: gate, takes: 0, most })
    .onConflict((conflict) => conflict.column('provider').doUpdateSet({ most }))
    .execute();
}

/** Places that are free at the gates now; `except`: a call whose own places count as free. */
export async function roomAt(trx: Database, gates: readonly string[], now: number, except = ''): Promise<Room> {
  const rows = await trx
    .selectFrom('slot_gates as gate')
    .select((eb) => [
      'gate.provider',
      'gate.most',
      eb
        .selectFrom('slots')
        .select((sum) => sum.fn.sum<number | string | null>('count').as('count'))
        .whereRef('slots.provider', '=', 'gate.provider')
        .where('slots.until_ms', '>', now)
        .where('slots.call_id', '<>', except)
        .as('taken'),
    ])
    .where('gate.provider', 'in', gates)
    .execute();
  const free = new Map(
    rows.map(({ provider, most, taken }) => [provider, most === null ? Infinity : most - Number(taken ?? 0)]),
  );
  return (gate) => free.get(gate) ?? Infinity;
}

/** Gives the places of one call, until `until_ms`. Giving them again moves the end. */
export async function givePlaces(
  trx: Database,
  wanted: readonly Wanted[],
  call: { call_id: string; booking_id: string; until_ms: number },
): Promise<void> {
  for (const { gate, count } of wanted) {
    await trx
      .insertInto('slots')
      .values({ provider: gate, count, ...call })
      .onConflict((conflict) =>
        conflict.columns(['provider', 'call_id']).doUpdateSet({ count, until_ms: call.until_ms }),
      )
      .execute();
  }
}
