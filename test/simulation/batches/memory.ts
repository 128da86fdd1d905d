import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Records } from '../../../records/interface.ts';
import { migrate } from '../../../records/migrations.ts';
import { recordsOn } from '../../../records/open.ts';
import { storable } from '../../../records/storable.ts';
import type { Tables } from '../../../records/tables.ts';

type Value = null | number | string;

/** One database in memory for many worlds. Each begins with empty tables. */
export interface Memory {
  records: Records;
  /** Empties all tables; from now on the database asks this clock. */
  begin(now: () => number): void;
  /** Reads past the product's own queries. */
  all<Row>(sql: string, ...values: Value[]): Row[];
  close(): Promise<void>;
}

/** Statements by their text, on this thread: a world makes thousands. */
class Statements {
  readonly #database: DatabaseSync;
  readonly #known = new Map<string, { statement: StatementSync; reader: boolean }>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  of(sql: string): { statement: StatementSync; reader: boolean } {
    const known = this.#known.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    const made = { statement, reader: statement.columns().length > 0 };
    this.#known.set(sql, made);
    return made;
  }
}

export async function openMemory(): Promise<Memory> {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true });
  const statements = new Statements(database);
  const values = (given: readonly unknown[]): Value[] => storable(given) as Value[];
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        prepare(sql) {
          const { statement, reader } = statements.of(sql);
          return {
            reader,
            all: (given) => statement.all(...values(given)),
            run: (given) => statement.run(...values(given)),
            iterate: () => {
              throw new Error('nothing is streamed');
            },
          };
        },
        close: () => database.close(),
      },
    }),
  });
  await migrate(db, 'sqlite');
  const names = database
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'",
    )
    .all() as { name: string }[];
  const seeded = new Map(names.map(({ name }) => [name, database.prepare(`select * from ${name}`).all()]));
  let clock = (): number => 0;
  return {
    records: {
      migrate: async () => undefined,
      ping: async () => undefined,
      close: async () => undefined,
      ...recordsOn(db, 'sqlite', undefined, () => clock()),
    },
    begin(now) {
      clock = now;
      database.exec('pragma foreign_keys = off; begin');
      for (const { name } of names) statements.of(`delete from ${name}`).statement.run();
      for (const [name, rows] of seeded) {
        for (const row of rows) {
          const columns = Object.keys(row);
          const marks = columns.map(() => '?').join(', ');
          statements
            .of(`insert into ${name} (${columns.join(', ')}) values (${marks})`)
            .statement.run(...(Object.values(row) as Value[]));
        }
      }
      database.exec('commit; pragma foreign_keys = on');
    },
    all: (sql, ...given) => statements.of(sql).statement.all(...given) as never,
    close: () => db.destroy(),
  };
}
