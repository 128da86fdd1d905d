import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fits, nextQueue, type Queue, queueName, queueOf, type Wanted } from '../../domain/queue-order.ts';

const queue = (owner: string, batch: string | null, turns: { turn?: number; owner_turn?: number } = {}): Queue => {
  const wanted = [{ gate: 'twilio', count: 1 }];
  return { queue: queueName(owner, batch, wanted), owner, batch, wanted, turn: 0, owner_turn: 0, ...turns };
};

const oneFree = (): number => 1;

describe('the next turn', () => {
  it.each([
    ['a single booking goes before a batch', [queue('a', 'x'), queue('a', null, { turn: 9, owner_turn: 9 })], null],
    ['owners take turns', [queue('a', 'x', { owner_turn: 5 }), queue('b', 'y', { turn: 7, owner_turn: 4 })], 'y'],
    ['batches of an owner take turns', [queue('a', 'x', { turn: 3 }), queue('a', 'y', { turn: 2 })], 'y'],
  ])('%s', (_, queues, batch) => {
    expect(nextQueue(queues, oneFree)?.batch).toBe(batch);
    expect(nextQueue(queues.toReversed(), oneFree)?.batch).toBe(batch);
  });

  it('passes over a queue that wants more than is free, and ends when none fits', () => {
    const duet = { ...queue('a', null), wanted: [{ gate: 'elevenlabs', count: 2 }] };
    const batch = queue('a', 'x');
    const room = (gate: string) => (gate === 'elevenlabs' ? 1 : 3);
    expect(nextQueue([duet, batch], room)).toBe(batch);
    expect(nextQueue([duet], room)).toBeUndefined();
    expect(nextQueue([], room)).toBeUndefined();
  });

  it('needs room at every gate; a gate without a bound always has some', () => {
    const wanted = [
      { gate: 'twilio', count: 1 },
      { gate: 'batch:b', count: 1 },
    ];
    expect(fits(wanted, () => Number.POSITIVE_INFINITY)).toBe(true);
    expect(fits(wanted, (gate) => (gate === 'batch:b' ? 0 : 5))).toBe(false);
    expect(fits([], () => 0)).toBe(true);
  });
});

it('a queue’s name says all of it', () => {
  const wanted = fc.array(fc.record({ gate: fc.string(), count: fc.integer({ min: 1, max: 9 }) }), { maxLength: 3 });
  const batch = fc.option(fc.string(), { nil: null });
  fc.assert(
    fc.property(fc.string(), batch, wanted, (owner, of, places: Wanted[]) => {
      const name = queueName(owner, of, places);
      expect(queueOf(name)).toEqual({ queue: name, owner, batch: of, wanted: places });
    }),
  );
});

/** A day in which bookings of several owners and batches wait for places at one gate. Time goes from call to call. */
function play({
  waiting,
  places,
  lasts,
}: {
  waiting: { owner: string; batch: string | null }[];
  places: number;
  lasts: () => number;
}) {
  const lanes = new Map<string, { queue: Queue; left: number[] }>();
  for (const [i, { owner, batch }] of waiting.entries()) {
    const one = queue(owner, batch);
    const lane = lanes.get(one.queue) ?? { queue: one, left: [] };
    lane.left.push(i);
    lanes.set(one.queue, lane);
  }
  const ends: number[] = [];
  const served: { i: number; lane: string; at: number }[] = [];
  let turn = 1;
  let now = 0;
  let busy = 0;
  for (;;) {
    const open = [...lanes.values()].filter(({ left }) => left.length > 0).map((lane) => lane.queue);
    const next = nextQueue(open, () => places - ends.length);
    if (next) {
      served.push({ i: lanes.get(next.queue)!.left.shift()!, lane: next.queue, at: now });
      for (const { queue: other } of lanes.values()) if (other.owner === next.owner) other.owner_turn = turn;
      lanes.get(next.queue)!.queue.turn = turn++;
      ends.push(now + lasts());
      ends.sort((a, b) => a - b);
      continue;
    }
    const end = ends.shift();
    if (end === undefined) break;
    // The time in which somebody waits.
    if (open.length > 0) busy += (end - now) * (ends.length + 1);
    now = end;
  }
  return { served, busy, lastStart: served.at(-1)!.at };
}

describe('10,000 waiting bookings and 20 places', () => {
  // Deterministic: the same day each time.
  let seed = 7;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const owners = ['a', 'b', 'c', 'd'];
  const waiting = Array.from({ length: 10_000 }, (_, i) => {
    const owner = i < 7_000 ? 'a' : owners[i % 4]!;
    return { owner, batch: i % 10 === 9 ? null : `${owner}${i % 3}` };
  });
  const { served, busy, lastStart } = play({ waiting, places: 20, lasts: () => 30 + 240 * random() });

  it('every booking is served once, and no place is idle while one waits', () => {
    expect(new Set(served.map(({ i }) => i)).size).toBe(10_000);
    expect(busy / (20 * lastStart)).toBeGreaterThanOrEqual(0.97);
  });

  it('no owner with bookings that wait falls behind another by more than one', () => {
    const singles = served.filter(({ i }) => waiting[i]!.batch === null);
    const batches = served.filter(({ i }) => waiting[i]!.batch !== null);
    expect(served.indexOf(batches[0]!)).toBe(singles.length);
    for (const part of [singles, batches]) {
      const left = new Map(owners.map((owner) => [owner, part.filter(({ i }) => waiting[i]!.owner === owner).length]));
      const had = new Map(owners.map((owner) => [owner, 0]));
      for (const { i } of part) {
        const { owner } = waiting[i]!;
        had.set(owner, had.get(owner)! + 1);
        left.set(owner, left.get(owner)! - 1);
        const waits = owners.filter((one) => left.get(one)! > 0).map((one) => had.get(one)!);
        expect(Math.max(...waits, 0) - Math.min(...waits, Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('within a queue the first to come is the first to go', () => {
    const last = new Map<string, number>();
    for (const { i, lane } of served) {
      expect(i).toBeGreaterThan(last.get(lane) ?? -1);
      last.set(lane, i);
    }
  });
});
