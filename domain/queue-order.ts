/** Places that one call takes at a gate: a provider with a bound on calls at once, or a batch. */
export interface Wanted {
  gate: string;
  count: number;
}

/** Bookings of one owner and one batch (null: single bookings) that want the same places; the first to come is the first to go. */
export interface Queue {
  queue: string;
  owner: string;
  batch: string | null;
  wanted: readonly Wanted[];
  /** The last turns of this queue and of its owner: numbers that grow with each place given; 0: never. */
  turn: number;
  owner_turn: number;
}

/** The name of a queue says all of it but its turns. */
export const queueName = (owner: string, batch: string | null, wanted: readonly Wanted[]): string =>
  JSON.stringify([owner, batch, ...wanted.map(({ gate, count }) => [gate, count])]);

/** The queue of a name that `queueName` made. */
export function queueOf(queue: string): Omit<Queue, 'turn' | 'owner_turn'> {
  const [owner, batch, ...wanted] = JSON.parse(queue) as [string, string | null, ...[string, number][]];
  return { queue, owner, batch, wanted: wanted.map(([gate, count]) => ({ gate, count })) };
}

/** Places that are free at a gate; Infinity: it has no bound. */
export type Room = (gate: string) => number;

export const fits = (wanted: readonly Wanted[], room: Room): boolean =>
  wanted.every(({ gate, count }) => count <= room(gate));

/**
 * The queue whose first booking is given the places that are free; undefined: none fits. Single bookings go before batches. Among each,
 * owners take turns, and an owner's queues take turns. A queue that wants more than is free does not hold up another one.
 */
export function nextQueue<Q extends Queue>(queues: readonly Q[], room: Room): Q | undefined {
  return queues
    .filter(({ wanted }) => fits(wanted, room))
    .sort(
      (a, b) =>
        Number(a.batch !== null) - Number(b.batch !== null) ||
        a.owner_turn - b.owner_turn ||
        a.turn - b.turn ||
        (a.queue < b.queue ? -1 : 1),
    )[0];
}
