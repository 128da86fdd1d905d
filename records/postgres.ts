import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { RecordsLog } from './log.ts';
import { storable } from './storable.ts';

export interface Bounds {
  /** Until a connection is there. */
  connectMs: number;
  /** The server ends a statement that takes longer. */
  statementMs: number;
  /** We wait no longer for an answer: a connection that went silent says nothing, ever. More than the server's, so that it has the first word. */
  answerMs: number;
}

/** What requests and activities wait for. */
export const QUICK: Bounds = { connectMs: 5_000, statementMs: 10_000, answerMs: 12_000 };
/** Migrations: an index over millions of rows takes its time. */
export const PATIENT: Bounds = { connectMs: 10_000, statementMs: 1_800_000, answerMs: 1_860_000 };

/** A transaction whose client is gone holds its rows' locks no longer than this. */
const ABANDONED_MS = 15_000;
const KEEP_ALIVE_AFTER_MS = 10_000;
/** PostgreSQL: nothing may be written in this transaction. */
const READ_ONLY = '25006';

/** PostgreSQL over a pool that is replaced as soon as one of its connections went silent or can only read. */
export function postgresDialect(connectionString: string, bounds: Bounds, log: RecordsLog | undefined): Dialect {
  // The driver's own error for this would carry the password.
  if (!URL.canParse(connectionString)) {
    throw new Error(
      'DATABASE_URL is not a valid URL; special characters in its user or password must be percent-encoded',
    );
  }
  return new PostgresDialect({ pool: async () => new ReplacedPool(connectionString, bounds, log) });
}

/** The server answered, and says that it only reads: a standby, or the former primary after a failover. */
export class ReadOnlyDatabase extends Error {
  override readonly name = 'ReadOnlyDatabase';
  readonly code = READ_ONLY;

  constructor() {
    super('the database takes no writes now');
  }
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

  /** What is true of one connection is true of those beside it: they lead to the same server over the same network. */
  #replace(pool: pg.Pool, why: string): void {
    if (pool !== this.#pool || pool.ending) return;
    this.#log?.warn({ why }, 'the connections to the database were replaced');
    this.#pool = this.#made();
    // Queries under way there end as they may.
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
    // A server that restarts breaks idle connections; unheard, that error would end the process.
    pool.on('error', (error) =>
      this.#log?.warn({ err: error }, 'an idle database connection broke; a new one will be made'),
    );
    // The pool hears its idle connections only. One that breaks in use fails its query, and says so here once more.
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }
}

/** Ends a connection whose query was not answered in time, which fails that query; the pool throws it away. */
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
