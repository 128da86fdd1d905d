import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
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
import { SqliteThread } from './sqlite-connection.ts';
import { storable } from './storable.ts';

/** Longest wait for an answer, in milliseconds; undefined: no limit. A disk that went silent never answers. */
export interface SqliteBounds {
  answerMs: number | undefined;
}

/** Kysely over Node's SQLite: one connection on its own thread, used in turns. Several processes may use the file at once. */
export function sqliteDialect(path: string, bounds: SqliteBounds): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new NodeSqliteDriver(path, bounds),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Makes Kysely migrate inside one transaction, whose write lock makes other processes wait. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class NodeSqliteDriver implements Driver {
  readonly #path: string;
  readonly #bounds: SqliteBounds;
  readonly #turns = new Turns();
  #connection: NodeSqliteConnection | undefined;
  #closed = false;

  constructor(path: string, bounds: SqliteBounds) {
    this.#path = path;
    this.#bounds = bounds;
  }

  async init(): Promise<void> {
    if (this.#path !== ':memory:') prepareFile(this.#path);
    await this.#open();
  }

  async #open(): Promise<NodeSqliteConnection> {
    this.#connection = new NodeSqliteConnection(await SqliteThread.open(this.#path, this.#bounds));
    return this.#connection;
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#turns.take();
    try {
      if (this.#connection?.isOpen) return this.#connection;
      if (this.#closed) throw new Error('the database is closed');
      return await this.#open();
    } catch (error) {
      this.#turns.pass();
      throw error;
    }
  }

  /** `immediate` takes the write lock at once. A transaction that began with a read could find it taken, and fail. */
  async beginTransaction(): Promise<void> {
    this.#connection!.precede('begin immediate');
  }

  async commitTransaction(): Promise<void> {
    await this.#connection!.run('commit');
  }

  async rollbackTransaction(): Promise<void> {
    await this.#connection!.run('rollback');
  }

  async releaseConnection(): Promise<void> {
    this.#turns.pass();
  }

  /** Pending requests are executed first. */
  async destroy(): Promise<void> {
    await this.#turns.take();
    this.#closed = true;
    await this.#connection?.close();
    this.#turns.pass();
  }
}

/** Takes effect with the next statement, which is early enough. */
const SETTING = 'pragma synchronous = ';

class NodeSqliteConnection implements DatabaseConnection {
  readonly #thread: SqliteThread;

  constructor(thread: SqliteThread) {
    this.#thread = thread;
  }

  get isOpen(): boolean {
    return this.#thread.isOpen;
  }

  async run(sql: string): Promise<void> {
    await this.#thread.ask(sql, []);
  }

  precede(sql: string): void {
    this.#thread.precede(sql);
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (sql.startsWith(SETTING)) {
      this.precede(sql);
      return { rows: [] };
    }
    const { rows, changes, insertId } = await this.#thread.ask(sql, storable(parameters));
    if (changes === undefined) return { rows: rows as R[] };
    return { rows: rows as R[], numAffectedRows: BigInt(changes), insertId: BigInt(insertId ?? 0) };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query);
  }

  close(): Promise<void> {
    return this.#thread.close();
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

/** Readable by us only: SQLite gives its side files the mode of the database; side files of earlier runs are restricted as well. */
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
    // The file does not exist, or belongs to another user, who decides who may read it.
  }
}
