import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { RecordsLog } from './log.ts';
import { storable } from './storable.ts';

export interface Bounds {
  /** Until a connection is open. */
  connectMs: number;
  /** After this the server ends a statement. */
  statementMs: number;
  /**
   * After this we stop waiting: a connection that went silent never answers. Longer than the server's limit, so that the server ends first.
   */
  answerMs: number;
}

/** For queries of requests and activities. */
export const QUICK: Bounds = { connectMs: 5_000, statementMs: 10_000, answerMs: 12_000 };
/** For migrations: an index over millions of rows takes long. */
export const PATIENT: Bounds = { connectMs: 10_000, statementMs: 1_800_000, answerMs: 1_860_000 };

/** After this the server ends a transaction whose client is gone, and releases its locks. */
const ABANDONED_MS = 15_000;
const KEEP_ALIVE_AFTER_MS = 10_000;
/** PostgreSQL's code for a read-only transaction. */
const READ_ONLY = '25006';

/** PostgreSQL over a pool that is replaced as soon as one of its connections goes silent or is read-only. */
export function postgresDialect(connectionString: string, bounds: Bounds, log: RecordsLog | undefined): Dialect {
  // The driver's own error for this would contain the password.
  if (!URL.canParse(connectionString)) {
    throw new Error(
      'DATABASE_URL is not a valid URL; special characters in its user or password must be percent-encoded',
    );
  }
  return new PostgresDialect({ pool: async () => new ReplacedPool(connectionString, bounds, log) });
}

class ReplacedPool {
  readonly #connectionString: string;
  readonly #bounds: Bounds;
  readonly #log: RecordsLog | undefined;
  #pool: pg.Pool;

  constructor(connectionString: string, bounds: Bounds, log: RecordsLog | undefined) {
    this.#connectionString = connectionString;
    this.#bounds = bounds;
    this.#log = log;
    this.#pool = this.#made();
  }

  connect(): Promise<pg.PoolClient> {
    return this.#pool.connect();
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  /** The other connections lead to the same server over the same network, so they share the fault. */
  #replace(pool: pg.Pool, why: string): void {
    if (pool !== this.#pool || pool.ending) return;
    this.#log?.warn({ why }, 'replaced the connections to the database');
    this.#pool = this.#made();
    // Running queries there end in their own way.
    pool.end().catch(() => undefined);
  }

  #made(): pg.Pool {
    const { connectMs, statementMs, answerMs } = this.#bounds;
    const replace = (why: string): void => this.#replace(pool, why);
    const pool: pg.Pool = new pg.Pool({
      Client: class extends pg.Client {
        constructor(config?: string | pg.ClientConfig) {
          super(config);
          bound(this, answerMs, replace);
        }
      },
      connectionString: this.#connectionString,
      application_name: 'vocero',
      max: 10,
      connectionTimeoutMillis: connectMs,
      statement_timeout: statementMs,
      idle_in_transaction_session_timeout: ABANDONED_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    });
    // A server that restarts breaks idle connections. Without a listener that error would end the process.
    pool.on('error', (error) =>
      this.#log?.warn({ err: error }, 'lost an idle database connection: a new one will replace it'),
    );
    // The pool listens to idle connections only. One that breaks in use fails its query, and also emits an error here.
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }
}

/** Ends a connection whose query was not answered in time. That fails the query, and the pool discards the connection. */
function bound(client: pg.Client, answerMs: number, replace: (why: string) => void): void {
  const query = client.query.bind(client) as (text: string, values?: unknown[]) => Promise<unknown>;
  const bounded = async (text: string, values?: unknown[]): Promise<unknown> => {
    const late = setTimeout(() => {
      replace(`no answer within ${answerMs / 1000} s`);
      void client.end().catch(() => undefined);
    }, answerMs);
    try {
      return await query(text, values && storable(values));
    } catch (error) {
      if (Object(error).code === READ_ONLY) replace('they can only read');
      throw error;
    } finally {
      clearTimeout(late);
    }
  };
  Object.assign(client, { query: bounded });
}
