import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/**
 * Kysely over Node's own SQLite: one connection that its users take in turn. Several processes may use the file at once.
 *
 * `node:sqlite` is synchronous, so SQLite's own waiting for a lock would stop the whole process, audio included: it may do
 * that for a moment only, after which the statement is tried again from the event loop.
 */
export function sqliteDialect(path: string): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new NodeSqliteDriver(path),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

const BUSY_WAIT_MS = 20;
const GIVE_UP_AFTER_MS = 10_000;
const STATEMENTS_KEPT = 200;
const SQLITE_BUSY = 5;

/** Makes Kysely migrate inside one transaction, whose write lock is what keeps a second process waiting. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class NodeSqliteDriver implements Driver {
  readonly #path: string;
  readonly #turns = new Turns();
  #database: DatabaseSync | undefined;
  #connection: NodeSqliteConnection | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    if (this.#path !== ':memory:') prepareFile(this.#path);
    const database = new DatabaseSync(this.#path, { timeout: BUSY_WAIT_MS, enableForeignKeyConstraints: true });
    try {
      // Changing to WAL needs the file for itself, and SQLite does not wait for that.
      await untilFree(() => database.exec('pragma journal_mode = wal'));
      database.exec('pragma synchronous = normal');
      // What is deleted is overwritten: erased means that the file does not hold it any more.
      database.exec('pragma secure_delete = on');
    } catch (error) {
      database.close();
      throw error;
    }
    this.#database = database;
    this.#connection = new NodeSqliteConnection(database);
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#turns.take();
    return this.#connection!;
  }

  /** `immediate`: takes the write lock at once. A transaction that began by reading could find it taken, and be lost. */
  async beginTransaction(): Promise<void> {
    await untilFree(() => this.#database!.exec('begin immediate'));
  }

  async commitTransaction(): Promise<void> {
    this.#database!.exec('commit');
  }

  /** After some errors (disk full) SQLite has rolled back by itself. */
  async rollbackTransaction(): Promise<void> {
    if (this.#database!.isTransaction) this.#database!.exec('rollback');
  }

  async releaseConnection(): Promise<void> {
    this.#turns.pass();
  }

  /** What was asked before is done first. */
  async destroy(): Promise<void> {
    await this.#turns.take();
    this.#database?.close();
    this.#turns.pass();
  }
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  /** By SQL text, least recently used first. */
  readonly #statements = new Map<string, { statement: StatementSync; returnsRows: boolean }>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // Inside a transaction the write lock is ours; outside, a statement that met a lock has done nothing.
    return this.#database.isTransaction ? this.#run<R>(query) : untilFree(() => this.#run<R>(query));
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }

  #run<R>(query: CompiledQuery): QueryResult<R> {
    const { statement, returnsRows } = this.#prepared(query.sql);
    const parameters = query.parameters as SQLInputValue[];
    if (returnsRows) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #prepared(sql: string): { statement: StatementSync; returnsRows: boolean } {
    let entry = this.#statements.get(sql);
    if (entry) {
      this.#statements.delete(sql);
    } else {
      const statement = this.#database.prepare(sql);
      entry = { statement, returnsRows: statement.columns().length > 0 };
      const [oldest] = this.#statements.keys();
      if (this.#statements.size >= STATEMENTS_KEPT && oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, entry);
    return entry;
  }
}

/** First come, first served. */
class Turns {
  #taken = false;
  readonly #waiting: (() => void)[] = [];

  async take(): Promise<void> {
    if (this.#taken) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
  }

  pass(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken = false;
  }
}

/** Tries again for as long as another process (or another handle of this one) holds the lock, at most ten seconds. */
async function untilFree<T>(work: () => T): Promise<T> {
  const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
  for (let wait = 1; ; wait = Math.min(wait * 2, 25)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
    }
    await delay(wait * (0.5 + Math.random()));
  }
}

/** Extended codes (busy while recovering, …) keep the primary code in their low byte. */
function isBusy(error: unknown): boolean {
  const { errcode } = Object(error) as { errcode?: unknown };
  return typeof errcode === 'number' && (errcode & 0xff) === SQLITE_BUSY;
}

/** Readable by us only: SQLite gives its side files the mode of the database, and those that were left behind are closed as well. */
function prepareFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    for (const file of [path, `${path}-wal`, `${path}-shm`]) closeToOthers(file);
  } catch (cause) {
    throw new Error(`DATABASE_URL: the file ${path} cannot be opened for writing; name one that can`, { cause });
  }
}

function closeToOthers(file: string): void {
  try {
    if (statSync(file).mode & 0o077) chmodSync(file, 0o600);
  } catch {
    // It is not there, or another user's, who decides who reads it.
  }
}
