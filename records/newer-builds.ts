import { type Migration, sql } from 'kysely';
import type { Engine } from './engine.ts';
import type { Database } from './tables.ts';

/**
 * The level of this build's schema. A migration that older builds cannot work with raises it: then they refuse to start, and until then
 * they run beside the new one.
 */
export const SCHEMA_LEVEL = 1;

const FACT = 'needs_level';

/** The database was changed by a newer build, with which this one cannot work. */
export class DatabaseIsNewer extends Error {
  override readonly name = 'DatabaseIsNewer';

  constructor(level: number) {
    super(
      `the database belongs to a newer Vocero: its schema has level ${level}, this build knows ${SCHEMA_LEVEL}. Start the newer build, or restore a backup from before the upgrade (docs/operate.md)`,
    );
  }
}

/**
 * Migrations that a newer build has executed and this one does not know. They are additive, so this build works beside them: each gets an
 * empty migration of its name, because the migrator takes an unknown name for damage.
 * @throws DatabaseIsNewer
 */
export async function newerThan(
  known: Readonly<Record<string, Migration>>,
  db: Database,
  engine: Engine,
): Promise<Record<string, Migration>> {
  if (!(await hasTable(db, engine, 'kysely_migration'))) return {};
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const newer = rows.map(({ name }) => name).filter((name) => !(name in known));
  const level = newer.length > 0 ? await levelOf(db) : 0;
  if (level > SCHEMA_LEVEL) throw new DatabaseIsNewer(level);
  return Object.fromEntries(newer.map((name) => [name, { up: async () => undefined }]));
}

/** Stores the level that builds need from now on. It never sinks. */
export async function keepLevel(db: Database): Promise<void> {
  if ((await levelOf(db)) >= SCHEMA_LEVEL) return;
  const value = String(SCHEMA_LEVEL);
  await db
    .insertInto('installation')
    .values({ name: FACT, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

async function levelOf(db: Database): Promise<number> {
  const row = await db.selectFrom('installation').select('value').where('name', '=', FACT).executeTakeFirst();
  return Number(row?.value ?? 0);
}

async function hasTable(db: Database, engine: Engine, name: string): Promise<boolean> {
  const { rows } =
    engine === 'sqlite'
      ? await sql`select name from sqlite_master where type = 'table' and name = ${name}`.execute(db)
      : await sql`select 1 where to_regclass(${name}) is not null`.execute(db);
  return rows.length > 0;
}
