import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Records } from '../../../records/interface.ts';
import { openRecords } from '../../../records/open.ts';
import type { Databases } from '../databases.ts';
import { accepted, newId, orderOf, snapshotOf, statusEvent, turn } from '../samples.ts';

const WRITER = fileURLToPath(new URL('../write-turns.ts', import.meta.url));

/** A process of its own that adds turns `0..count-1` to an attempt and prints each number once it is stored. */
function writer(databaseUrl: string, callId: string, count: number) {
  const child = spawn(process.execPath, [WRITER, databaseUrl, callId, String(count)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const exit = once(child, 'close').then(([code, signal]) => ({ code, signal, errors }));
  return { child, lines: createInterface({ input: child.stdout }), exit };
}

export const sharingADatabase = (databases: Databases) =>
  describe('sharing a database', () => {
    const openTwo = async (): Promise<[Records, Records, string]> => {
      const databaseUrl = await databases.newDatabase();
      const both = await Promise.all([openRecords({ databaseUrl }), openRecords({ databaseUrl })]);
      return [...both, databaseUrl];
    };

    it('is migrated once by all who do it at the same moment, and again without effect', async () => {
      const databaseUrl = await databases.newDatabase();
      const all = await Promise.all(Array.from({ length: 4 }, () => openRecords({ databaseUrl })));
      await Promise.all(all.map((one) => one.migrate()));
      const order = await accepted(all[0]!);
      await all[1]!.migrate();
      expect((await all[2]!.booking(order.id))?.order).toEqual(order);
      await Promise.all(all.map((one) => one.close()));
    });

    it('makes one booking of requests with one key that reach two handles', async () => {
      const [left, right] = await openTwo();
      await Promise.all([left.migrate(), right.migrate()]);
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 === 0 ? left : right).acceptBooking({
            order: orderOf(),
            owner: 'owner-a',
            idempotency: { key: 'k', body_hash: 'h' },
          }),
        ),
      );
      expect(results.filter((result) => result.how === 'created')).toHaveLength(1);
      expect(results.filter((result) => result.how === 'repeated')).toHaveLength(19);
      await Promise.all([left.close(), right.close()]);
    });

    it('never lets a reader miss an event, whoever writes', async () => {
      const [left, right] = await openTwo();
      await left.migrate();
      const order = await accepted(left);
      const TURNS = 40;
      let writing = true;
      const writers = Promise.all([
        ...Array.from({ length: TURNS }, (_, i) => (i % 2 === 0 ? left : right).addTurn(`${order.id}.1`, turn(i))),
        (async () => {
          for (let version = 1; version <= 15; version++) {
            const events = [1, 2].map((n) => ({ key: `s${version}.${n}`, event: statusEvent(`${version}.${n}`) }));
            await (version % 2 === 0 ? left : right).saveSnapshot(snapshotOf(order, version, events));
          }
        })(),
      ]).finally(() => {
        writing = false;
      });
      const seen: number[] = [];
      for (let last = false; !last; ) {
        last = !writing;
        for (const { seq } of await right.eventsAfter(order.id, seen.at(-1) ?? 0, 1000)) seen.push(seq);
      }
      await writers;
      const all = await left.eventsAfter(order.id, 0, 1000);
      expect(seen).toEqual(all.map(({ seq }) => seq));
      expect(all).toHaveLength(TURNS + 30);
      const versions = all.flatMap(({ event }) => (event.type === 'status' ? [event.until] : []));
      expect(versions).toEqual(Array.from({ length: 15 }, (_, i) => [`${i + 1}.1`, `${i + 1}.2`]).flat());
      await Promise.all([left.close(), right.close()]);
    });

    it('takes the writes of two processes', async () => {
      const databaseUrl = await databases.newDatabase();
      const order = orderOf(newId());
      const here = await openRecords({ databaseUrl });
      await here.migrate();
      await accepted(here, order);
      const writers = [1, 2].map((n) => writer(databaseUrl, `${order.id}.${n}`, 100));
      for (const { exit } of writers) expect(await exit).toEqual({ code: 0, signal: null, errors: '' });
      const all = await here.eventsAfter(order.id, 0, 1000);
      expect(all).toHaveLength(200);
      for (const n of [1, 2]) expect(await here.turnsOf(`${order.id}.${n}`)).toHaveLength(100);
      await here.close();
    });

    it('keeps what was stored when its writer is killed', async () => {
      const databaseUrl = await databases.newDatabase();
      const here = await openRecords({ databaseUrl });
      await here.migrate();
      const order = await accepted(here);
      const { child, lines, exit } = writer(databaseUrl, `${order.id}.1`, 1_000_000);
      let stored = -1;
      for await (const line of lines) {
        stored = Number(line);
        if (stored === 20) child.kill('SIGKILL');
      }
      expect((await exit).signal).toBe('SIGKILL');
      expect(stored).toBeGreaterThanOrEqual(20);
      const turns = await here.turnsOf(`${order.id}.1`);
      expect(turns.slice(0, stored + 1).map((one) => one.message)).toEqual(
        Array.from({ length: stored + 1 }, (_, i) => `turn ${i}`),
      );
      // The dead process left no lock behind.
      await here.addTurn(`${order.id}.2`, turn(0));
      expect(await here.turnsOf(`${order.id}.2`)).toHaveLength(1);
      await here.close();
    });
  });
