import { describe, expect, it } from '@jest/globals';
import { Kysely, sql } from 'kysely';
import type { Outcome } from '../../../domain/result.ts';
import type { AttemptView } from '../../../domain/view.ts';
import type { Engine } from '../../../records/engine.ts';
import { addOperating } from '../../../records/migrate-operating.ts';
import { openRecords } from '../../../records/open.ts';
import { PATIENT, postgresDialect } from '../../../records/postgres.ts';
import { sqliteDialect } from '../../../records/sqlite.ts';
import type { Tables } from '../../../records/tables.ts';
import type { Databases } from '../databases.ts';
import { accepted, attemptOf, newId, orderOf, snapshotOf } from '../samples.ts';

const OUTCOME: Outcome = {
  result: 'needs_review',
  channel: 'native',
  simulated: false,
  confirmed_date: null,
  confirmed_time: null,
  notes: null,
  evidence: [],
  proof: null,
  offers: [],
  callback_at: null,
};
const DECLINED = { result: 'declined', confirmed_date: null, confirmed_time: null, notes: null } as const;
/** More than one statement writes. */
const MANY = 1_050;
const COLUMNS = ['id', 'search_name', 'decided', 'answered', 'talk_seconds', 'phone_minutes', 'agent_seconds'] as const;

/** The database as it was before the migration. */
async function undo(db: Kysely<Tables>): Promise<void> {
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(db);
  for (const index of ['bookings_by_day', 'bookings_to_review', 'bookings_open_of_number'])
    await run(`drop index ${index}`);
  await run('drop table acts');
  for (const column of COLUMNS.slice(2)) await run(`alter table bookings drop column ${column}`);
  await run("update bookings set search_name = 'before'");
}

export const filling = (databases: Databases) =>
  describe('bookings of a build before the search by person and the figures', () => {
    it('get the columns that are written for new ones', async () => {
      const databaseUrl = await databases.newDatabase();
      const [engine, dialect]: [Engine, ReturnType<typeof sqliteDialect>] = databaseUrl.startsWith('file:')
        ? ['sqlite', sqliteDialect(databaseUrl.slice('file:'.length), { answerMs: undefined })]
        : ['postgres', postgresDialect(databaseUrl, PATIENT, undefined)];
      const records = await openRecords({ databaseUrl });
      const db = new Kysely<Tables>({ dialect });
      await records.migrate();
      const named = (user_name: string) => {
        const order = orderOf(newId());
        return { ...order, request: { ...order.request, user_name, service_type: 'Kinesiología “Ñandú”' } };
      };
      const talk =
        (seconds: number | null, n: number, more: Partial<AttemptView> = {}) =>
        (id: string) =>
          attemptOf(id, n, { status: 'completed', duration_seconds: seconds, ...more });
      const ends = [
        [],
        [talk(61.4, 1), talk(20, 2), talk(null, 3, { status: 'no_answer' })],
        [talk(50, 1, { channel: 'simulation' })],
      ];
      for (const [i, attempts] of ends.entries()) {
        const order = await accepted(records, named(`José Núñez ${'ó'.repeat(150)} ${i}`));
        const outcome = { status: 'needs_review' as const, outcome: OUTCOME };
        await records.saveSnapshot(
          snapshotOf(order, 1, [], { ...outcome, attempts: attempts.map((make) => make(order.id)) }),
        );
        if (i === 1)
          await records.addReview({
            booking_id: order.id,
            decision: DECLINED,
            by: 'Ana',
            at: order.created_at,
            key: 'k',
          });
      }
      for (let i = ends.length; i < MANY; i++)
        await records.acceptBooking({ order: named(`Persona ${i}`), owner: 'owner' });
      const rows = () =>
        db
          .selectFrom('bookings')
          .select([...COLUMNS])
          .orderBy('id')
          .execute();
      const written = await rows();
      expect(written.filter(({ decided }) => decided === 'declined')).toMatchObject([
        { answered: 2, phone_minutes: 3 },
      ]);
      await undo(db);
      await db.transaction().execute((trx) => addOperating(trx as unknown as Kysely<unknown>, engine));
      // A booking without a call has no figures until its outcome: they count as zero either way.
      const counted = (all: typeof written) =>
        all.map((row) => ({
          ...row,
          ...Object.fromEntries(COLUMNS.slice(3).map((name) => [name, Number(row[name] ?? 0)])),
        }));
      expect(counted(await rows())).toEqual(counted(written));
      await db.destroy();
      await records.close();
    }, 60_000);
  });
