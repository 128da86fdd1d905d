import { describe, expect, it } from '@jest/globals';
import { iso } from '../../../domain/iso.ts';
import type { Records } from '../../../records/interface.ts';
import { openRecords } from '../../../records/open.ts';
import type { LineHanded } from '../../../records/ports/places.ts';
import { type Databases, records } from '../databases.ts';
import { accepted, orderOf, snapshotOf } from '../samples.ts';
import { setGate } from '../set-gate.ts';

const MINUTE = 60_000;

export const thePlaces = (databases: Databases) =>
  describe('places in line', () => {
    const open = records(databases);
    let gates = 0;

    /** A gate of its own for each test: the tests share a database. */
    const newGate = (): string => `gate-${++gates}`;

    interface One {
      id: string;
      line: string;
      call: string;
    }

    const booking = async (owner = 'owner-a', db = open()): Promise<One> => {
      const { id } = await accepted(db, orderOf(), owner);
      return { id, line: `line of ${id}`, call: `${id}.1` };
    };

    const take = (
      { id, line, call }: One,
      wanted: { gate: string; count?: number; most?: number }[],
      { batch = null, at = Date.now(), db = open() }: { batch?: string | null; at?: number; db?: Records } = {},
    ) =>
      db.takeLine({
        line_id: line,
        booking_id: id,
        now: iso(at),
        until: iso(at + 10 * MINUTE),
        places: { call_id: call, batch, wanted: wanted.map((one) => ({ count: 1, ...one })) },
      });

    const end = ({ id, line }: One, db = open()): Promise<LineHanded[]> =>
      db.releaseLine({ line_id: line, booking_id: id, asked_at: iso(Date.now() + MINUTE) });

    const ids = (handed: readonly LineHanded[] | undefined) => (handed ?? []).map(({ booking_id }) => booking_id);

    it('go to as many bookings as the gate lets pass; the next waits with its number, and is handed the place that is freed', async () => {
      const gate = newGate();
      const [first, second, third] = [await booking(), await booking(), await booking()];
      expect(await take(first, [{ gate, most: 2 }])).toMatchObject({ taken: true });
      expect(await take(second, [{ gate, most: 2 }])).toMatchObject({ taken: true });
      expect(await take(third, [{ gate, most: 2 }])).toMatchObject({ taken: false, waits_for: 'place' });
      expect((await open().slotsTaken(iso(Date.now())))[gate]).toBe(2);
      const other = await booking();
      expect(await take({ ...other, line: third.line }, [])).toMatchObject({ taken: false, waits_for: 'number' });
      expect(ids(await end(first))).toEqual([third.id]);
      expect(await take(third, [{ gate, most: 2 }])).toMatchObject({ taken: true });
      expect((await open().slotsTaken(iso(Date.now())))[gate]).toBe(2);
    });

    it('go to those who wait before a newcomer', async () => {
      const gate = newGate();
      const [holder, waiting, newcomer] = [await booking(), await booking(), await booking()];
      await take(holder, [{ gate, most: 1 }]);
      expect(await take(waiting, [{ gate, most: 1 }])).toMatchObject({ waits_for: 'place' });
      // More room than before: the newcomer is the one who notices it.
      const answer = await take(newcomer, [{ gate, most: 2 }]);
      expect(answer).toMatchObject({ taken: false, waits_for: 'place' });
      expect(ids(answer.handed)).toEqual([waiting.id]);
      expect(ids(await end(holder))).toEqual([newcomer.id]);
    });

    it('go to single bookings before batches, to owners in turn, and to batches of an owner in turn', async () => {
      const gate = newGate();
      const holder = await booking('owner-h');
      await take(holder, [{ gate, most: 1 }]);
      const line: { name: string; one: One }[] = [];
      const queue = async (name: string, owner: string, batch: string | null) => {
        const one = await booking(owner);
        expect(await take(one, [{ gate }], { batch })).toMatchObject({ waits_for: 'place' });
        line.push({ name, one });
      };
      for (let i = 1; i <= 3; i++) await queue(`x of a ${i}`, `a ${gate}`, 'x');
      for (let i = 1; i <= 2; i++) await queue(`y of a ${i}`, `a ${gate}`, 'y');
      await queue('z of b', `b ${gate}`, 'z');
      await queue('single of a 1', `a ${gate}`, null);
      await queue('single of a 2', `a ${gate}`, null);
      await queue('single of b', `b ${gate}`, null);
      const order: string[] = [];
      let handed = await end(holder);
      while (handed.length > 0) {
        expect(handed).toHaveLength(1);
        const { name, one } = line.find((waiting) => waiting.one.id === handed[0]!.booking_id)!;
        order.push(name);
        handed = await end(one);
      }
      expect(order.slice(0, 3)).toEqual(['single of a 1', 'single of b', 'single of a 2']);
      expect(order.slice(3)).toEqual(['z of b', 'x of a 1', 'y of a 1', 'x of a 2', 'y of a 2', 'x of a 3']);
    });

    it('are not given at a gate that is shut, and to as many as may pass when it opens', async () => {
      const [provider, batch] = [newGate(), newGate()];
      await setGate(open(), batch, 0);
      const ones = [await booking(), await booking(), await booking()];
      for (const one of ones) {
        const answer = await take(one, [{ gate: provider, most: 9 }, { gate: batch }], { batch });
        expect(answer).toMatchObject({ waits_for: 'place' });
      }
      // Those who do not want to pass that gate are not held up.
      expect(await take(await booking(), [{ gate: provider, most: 9 }])).toMatchObject({ taken: true });
      expect(ids(await setGate(open(), batch, 2))).toEqual([ones[0]!.id, ones[1]!.id]);
      expect(ids(await end(ones[0]!))).toEqual([ones[2]!.id]);
    });

    it('are taken all or none, and a call that wants more than is free does not hold up one that wants less', async () => {
      const [left, right] = [newGate(), newGate()];
      const [first, both, one] = [await booking(), await booking(), await booking()];
      await take(first, [{ gate: right, most: 1 }]);
      expect(await take(both, [{ gate: left, most: 1 }, { gate: right }])).toMatchObject({ waits_for: 'place' });
      expect((await open().slotsTaken(iso(Date.now())))[left]).toBeUndefined();
      expect(await take(one, [{ gate: left, most: 1 }])).toMatchObject({ taken: true });
      expect(ids(await end(first))).toEqual([]);
      expect(ids(await end(one))).toEqual([both.id]);
    });

    it('come back from a booking that has ended, by its outcome, from a dead one by the look, and from a call by its end', async () => {
      const gate = newGate();
      const [ended, dead, over, next] = [await booking(), await booking(), await booking(), await booking()];
      for (const one of [ended, dead, over]) await take(one, [{ gate, most: 3 }]);
      const waiting = [next, await booking(), await booking()];
      for (const one of waiting) await take(one, [{ gate }]);
      const stored = (await open().booking(ended.id))!;
      const outcome = { result: 'unreachable' as const, channel: null, simulated: true };
      const view = { ...snapshotOf(stored.order, 1).view, status: 'failed' as const, outcome };
      expect(ids(await open().saveSnapshot({ version: 1, view, events: [] } as never))).toEqual([next.id]);
      expect(ids(await open().releaseSlotsOf(dead.id))).toEqual([waiting[1]!.id]);
      expect(ids(await open().releaseSlots(over.call))).toEqual([waiting[2]!.id]);
    });

    it('pass over a booking that ended while it waited', async () => {
      const gate = newGate();
      const [holder, gone, next] = [await booking(), await booking(), await booking()];
      await take(holder, [{ gate, most: 1 }]);
      for (const one of [gone, next]) await take(one, [{ gate }]);
      await open().endLost({
        ...(await open().booking(gone.id))!.view,
        status: 'failed',
        outcome: { result: 'error', channel: null, simulated: true },
        updated_at: iso(Date.now()),
      } as never);
      expect(ids(await end(holder))).toEqual([next.id]);
    });

    it('wait with a number that was waited for: both are handed at once, or the number first', async () => {
      const gate = newGate();
      const [holder, same, talks] = [await booking(), await booking(), await booking()];
      await take(holder, [{ gate, most: 2 }]);
      await take(talks, [{ gate }]);
      const waiting = { ...same, line: holder.line };
      expect(await take(waiting, [{ gate }])).toMatchObject({ waits_for: 'number' });
      await setGate(open(), gate, 1);
      // The number is free, the gate is not.
      expect(ids(await end(holder))).toEqual([]);
      expect(await take(waiting, [{ gate }])).toMatchObject({ waits_for: 'place' });
      expect(ids(await end(talks))).toEqual([same.id]);
    });

    it('are told of again while they are not taken up', async () => {
      const gate = newGate();
      const [holder, next] = [await booking(), await booking()];
      await take(holder, [{ gate, most: 1 }]);
      await take(next, [{ gate }]);
      await end(holder);
      const mind = async (after: number) => {
        const at = Date.now() + after;
        const told = await open().mindPlaces(iso(at), iso(at - 15_000), 1000);
        return ids(told).filter((id) => id === next.id);
      };
      expect(await mind(0)).toEqual([]);
      expect(await mind(16_000)).toEqual([next.id]);
      expect(await mind(17_000)).toEqual([]);
      expect(await mind(40_000)).toEqual([next.id]);
      await take(next, [{ gate }]);
      expect(await mind(80_000)).toEqual([]);
    });

    it('whose time has passed are given to the next', async () => {
      const gate = newGate();
      const [lost, next] = [await booking(), await booking()];
      const long = Date.now() - 11 * MINUTE;
      expect(await take(lost, [{ gate, most: 1 }], { at: long })).toMatchObject({ taken: true });
      expect(await take(next, [{ gate }], { at: long + 1 })).toMatchObject({ waits_for: 'place' });
      const now = Date.now();
      expect(ids(await open().mindPlaces(iso(now), iso(now - MINUTE), 1000))).toContain(next.id);
    });

    it('are never more than there are, whoever takes and frees them at once', async () => {
      const gate = newGate();
      const databaseUrl = await databases.newDatabase();
      const [left, right] = await Promise.all([openRecords({ databaseUrl }), openRecords({ databaseUrl })]);
      await Promise.all([left.migrate(), right.migrate()]);
      try {
        const ones = await Promise.all(Array.from({ length: 24 }, () => booking('owner-a', left)));
        const running = new Set<string>();
        const finished = new Set<string>();
        let most = 0;
        const run = async (one: One): Promise<void> => {
          running.add(one.id);
          most = Math.max(most, running.size);
          await new Promise((resolve) => setImmediate(resolve));
          running.delete(one.id);
          finished.add(one.id);
          const handed = await end(one, right);
          await Promise.all(handed.map(({ booking_id }) => run(ones.find(({ id }) => id === booking_id)!)));
        };
        await Promise.all(
          ones.map(async (one, i) => {
            const answer = await take(one, [{ gate, most: 3 }], { db: i % 2 === 0 ? left : right });
            if (answer.taken) await run(one);
            for (const { booking_id } of answer.handed ?? []) await run(ones.find(({ id }) => id === booking_id)!);
          }),
        );
        expect(finished.size).toBe(24);
        expect(most).toBeLessThanOrEqual(3);
      } finally {
        await Promise.all([left.close(), right.close()]);
      }
    });
  });
