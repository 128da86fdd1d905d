import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { sql } from 'kysely';
import { iso } from '../domain/iso.ts';
import { attemptOf } from './attempt-id.ts';
import { closeDialing, openDialing } from './dialing-gate.ts';
import { durably } from './durably.ts';
import type { Engine } from './engine.ts';
import { passGates } from './gates.ts';
import { links } from './links.ts';
import { giveFreePlaces } from './places.ts';
import type { Hold, InstallationRecords } from './ports/installation.ts';
import type { Database } from './tables.ts';

type Fact = 'id' | 'epoch' | 'place' | 'hold';

interface Epoch {
  epoch: number;
  at: string;
}

/** A dial that was found at a provider and belongs to no run of ours. */
const NO_RUN = 'restored';

export const installation = (db: Database, engine: Engine): InstallationRecords => ({
  async installation() {
    await add(db, 'id', randomUUID());
    const rows = await db.selectFrom('installation').selectAll().execute();
    const facts = new Map(rows.map(({ name, value }) => [name as Fact, value]));
    const epoch = epochIn(facts.get('epoch'));
    const hold = facts.get('hold');
    const booking = await db.selectFrom('bookings').select('id').where('id', '>', '').limit(1).executeTakeFirst();
    return {
      id: facts.get('id')!,
      epoch: epoch?.epoch ?? 0,
      used_until: epoch?.at,
      kept_place: facts.get('place'),
      hold: hold === undefined ? undefined : (JSON.parse(hold) as Hold),
      in_use: booking !== undefined,
    };
  },

  place: () => (engine === 'sqlite' ? placeOfFile(db) : placeOfCluster(db)),

  async clock() {
    if (engine === 'sqlite') return undefined;
    const { rows } = await sql<{
      ms: number | string;
    }>`select extract(epoch from clock_timestamp()) * 1000 as ms`.execute(db);
    return Number(rows[0]?.ms);
  },

  keepPlace: (place) => put(db, 'place', place),

  async renewId() {
    const id = randomUUID();
    await put(db, 'id', id);
    return id;
  },

  async raiseEpoch(now, above = 0) {
    return durably(db, engine, async (trx) => {
      // The lock of the row: raises follow one another.
      await add(trx, 'epoch', JSON.stringify({ epoch: 0, at: now }));
      const row = await trx
        .updateTable('installation')
        .set((eb) => ({ value: eb.ref('value') }))
        .where('name', '=', 'epoch')
        .returning('value')
        .executeTakeFirst();
      const epoch = Math.max(epochIn(row?.value)?.epoch ?? 0, above) + 1;
      await put(trx, 'epoch', JSON.stringify({ epoch, at: now } satisfies Epoch));
      return epoch;
    });
  },

  async holdDialing(hold, place) {
    await durably(db, engine, async (trx) => {
      await passGates(trx);
      await closeDialing(trx);
      await add(trx, 'hold', JSON.stringify(hold));
      if (place !== undefined) await put(trx, 'place', place);
    });
  },

  async resumeDialing(now) {
    return durably(db, engine, async (trx) => {
      const turn = await passGates(trx);
      await openDialing(trx);
      await trx.deleteFrom('installation').where('name', '=', 'hold').execute();
      return giveFreePlaces(trx, Date.parse(now), turn);
    });
  },

  async adoptDial({ call_id, channel, at, call_sid, conversation_id }) {
    const { booking_id } = attemptOf(call_id);
    const dial = { call_id, booking_id, run_id: NO_RUN, channel, caller: null, at_ms: Date.parse(at) };
    await durably(db, engine, async (trx) => {
      await trx
        .insertInto('dials')
        .values(dial)
        .onConflict((conflict) => conflict.column('call_id').doNothing())
        .execute();
      await links(trx).linkAttempt(call_id, { call_sid, conversation_id });
    });
  },
});

const epochIn = (value: string | undefined): Epoch | undefined =>
  value === undefined ? undefined : (JSON.parse(value) as Epoch);

/** Stores a fact where there is none. */
async function add(db: Database, name: Fact, value: string): Promise<void> {
  await db
    .insertInto('installation')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

async function put(db: Database, name: Fact, value: string): Promise<void> {
  await db
    .insertInto('installation')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Inode and birth: a copied file has others, a moved one keeps them. The device is left out: its number may change with a restart. */
async function placeOfFile(db: Database): Promise<string | undefined> {
  const { rows } = await sql<{ file: string }>`select file from pragma_database_list where name = 'main'`.execute(db);
  const file = rows[0]?.file;
  if (!file) return undefined;
  const { ino, birthtimeMs } = statSync(file);
  return `file ${ino} ${iso(birthtimeMs)}`;
}

/** A hosted PostgreSQL may keep this function from us. */
async function placeOfCluster(db: Database): Promise<string | undefined> {
  try {
    const { rows } = await sql<{ id: string }>`select system_identifier::text as id from pg_control_system()`.execute(
      db,
    );
    return rows[0] && `cluster ${rows[0].id}`;
  } catch {
    return undefined;
  }
}
