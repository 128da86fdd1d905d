import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { lineIdOf } from '../../../domain/ids.ts';
import { openRecords } from '../../../records/open.ts';
import { type Databases, records } from '../databases.ts';
import { accepted } from '../samples.ts';

const AT = '2026-11-24T12:00:00.000Z';
const UNTIL = '2026-11-24T13:00:00.000Z';
const HOLD = { why: 'it is a copy', held_at: AT };

const dial = (bookingId: string, n: number) => ({
  call_id: `${bookingId}.${n}`,
  run_id: 'run-1',
  channel: 'native' as const,
  caller: null,
  at: AT,
  known: [n],
  phone_hashes: [`hash-of-${bookingId}`],
});
const line = (booking_id: string) => ({
  line_id: lineIdOf(booking_id),
  booking_id,
  now: AT,
  until: UNTIL,
  for_dial: true,
});

/** The database past the product, as another build has it. */
async function raw(databaseUrl: string): Promise<{ db(statement: string): Promise<unknown>; close(): Promise<void> }> {
  if (databaseUrl.startsWith('file:')) {
    const file = new DatabaseSync(databaseUrl.slice('file:'.length), { timeout: 5_000 });
    return { db: async (statement) => file.exec(statement), close: async () => file.close() };
  }
  const client = new pg.Client(databaseUrl);
  await client.connect();
  return { db: (statement) => client.query(statement), close: () => client.end() };
}

export const theInstallation = (databases: Databases) =>
  describe('what a database knows of itself', () => {
    const open = records(databases);

    it('is one identity for all who open it, and an epoch that only grows', async () => {
      const databaseUrl = await databases.newDatabase();
      const both = await Promise.all([openRecords({ databaseUrl }), openRecords({ databaseUrl })]);
      await both[0].migrate();
      const [a, b] = await Promise.all(both.map((one) => one.installation()));
      expect(a!.id).toBe(b!.id);
      expect(a).toMatchObject({ epoch: 0, in_use: false, hold: undefined, kept_place: undefined });
      const raised = await Promise.all(Array.from({ length: 10 }, (_, i) => both[i % 2]!.raiseEpoch(AT)));
      expect(raised.sort((x, y) => x - y)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await both[1].raiseEpoch(AT, 40)).toBe(41);
      expect(await both[0].installation()).toMatchObject({ epoch: 41, used_until: AT });
      await Promise.all(both.map((one) => one.close()));
    });

    it('may have migrations of a newer build, beside which this one runs, unless they need a newer level', async () => {
      const databaseUrl = await databases.newDatabase();
      const before = await openRecords({ databaseUrl });
      await before.migrate();
      const { db, close } = await raw(databaseUrl);
      await db("insert into kysely_migration (name, timestamp) values ('9999_later', '2027-01-01T00:00:00.000Z')");
      await before.migrate();
      const { id } = await accepted(before);
      expect(await before.booking(id)).toBeDefined();
      await db("update installation set value = '2' where name = 'needs_level'");
      await expect(before.migrate()).rejects.toThrow('belongs to a newer Vocero: its schema has level 2');
      await before.close();
      await close();
    });

    it('is migrated by clocks that were wrong: the order is that of names', async () => {
      const databaseUrl = await databases.newDatabase();
      const opened = await openRecords({ databaseUrl });
      await opened.migrate();
      const { db, close } = await raw(databaseUrl);
      await db("update kysely_migration set timestamp = '2031-01-01T00:00:00.000Z' where name = '0001_records'");
      await opened.migrate();
      await db("update kysely_migration set timestamp = '1999-01-01T00:00:00.000Z' where name = '0120_operating'");
      await opened.migrate();
      await opened.close();
      await close();
    });

    it('is a place that stays from one look to the next', async () => {
      const place = await open().place();
      expect(place).toMatch(/^(file \d+ \d{4}-|cluster \d+$)/);
      expect(await open().place()).toBe(place);
    });

    it('holds every dial: none is claimed, lines are waited for, and the first hold stays', async () => {
      const { id } = await accepted(open());
      expect((await open().installation()).in_use).toBe(true);
      await open().holdDialing(HOLD, 'here');
      await open().holdDialing({ ...HOLD, why: 'another reason' });
      expect(await open().installation()).toMatchObject({ hold: HOLD, kept_place: 'here' });
      expect(await open().takeLine(line(id))).toMatchObject({ taken: false, waits_for: 'dialing' });
      expect(await open().claimDial(dial(id, 1))).toEqual({ how: 'held' });
      expect(await open().dialsOf(id)).toEqual([]);
      // Calls that are under way keep their line.
      expect(await open().takeLine({ ...line(id), for_dial: undefined })).toMatchObject({ taken: true });

      expect(await open().takeLine(line(id))).toMatchObject({ taken: false });
      expect(await open().resumeDialing(AT)).toEqual([{ line_id: line(id).line_id, booking_id: id }]);
      expect((await open().installation()).hold).toBeUndefined();
      expect(await open().takeLine(line(id))).toMatchObject({ taken: true });
      expect(await open().claimDial(dial(id, 1))).toEqual({ how: 'claimed' });
    });

    it('keeps a dial that only a provider knew: its booking reconciles it and dials no more', async () => {
      const { id } = await accepted(open());
      const lost = { call_id: `${id}.1`, channel: 'native', at: AT, call_sid: `CA-${id}` };
      await open().adoptDial(lost);
      await open().adoptDial(lost);
      expect(await open().claimDial(dial(id, 1))).toEqual({
        how: 'dialed',
        dials: [{ ...lost, caller: undefined, conversation_id: undefined }],
      });
    });
  });
