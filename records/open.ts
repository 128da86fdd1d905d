import { fileURLToPath } from 'node:url';
import { type Dialect, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { bookings } from './bookings.ts';
import { circuits } from './circuits.ts';
import { dials } from './dials.ts';
import { doNotCall } from './do-not-call.ts';
import { erasures } from './erasures.ts';
import { evidence } from './evidence.ts';
import { hosts } from './hosts.ts';
import type { Records } from './interface.ts';
import { lines } from './lines.ts';
import { links } from './links.ts';
import { liveLegs } from './live-legs.ts';
import type { RecordsLog } from './log.ts';
import { messages } from './messages.ts';
import { type Engine, migrate } from './migrations.ts';
import { recordings } from './recordings.ts';
import { retention } from './retention.ts';
import { reviews } from './reviews.ts';
import { sessions } from './sessions.ts';
import { slots } from './slots.ts';
import { snapshots } from './snapshots.ts';
import { sqliteDialect } from './sqlite.ts';
import { streamTokens } from './stream-tokens.ts';
import type { Tables } from './tables.ts';
import { transcripts } from './transcripts.ts';
import { unclaimed } from './unclaimed.ts';

export interface RecordsOptions {
  /** `file:/path/x.db` (SQLite; also relative, and as a `file:///` URL) or `postgres://…`. */
  databaseUrl: string;
  log?: RecordsLog | undefined;
  /** Milliseconds since 1970; only to forget what nobody asked for. */
  now?: (() => number) | undefined;
}

/**
 * Opens the database; `migrate()` makes its tables. Nothing is connected before the first query on PostgreSQL.
 * Throws an error that names DATABASE_URL, without its password, when that cannot be used.
 */
export async function openRecords({ databaseUrl, log, now = Date.now }: RecordsOptions): Promise<Records> {
  const { engine, dialect } = dialectOf(databaseUrl, log);
  const db = new Kysely<Tables>({ dialect });
  const ping = async (): Promise<void> => {
    await sql`select 1`.execute(db);
  };
  let closing: Promise<void> | undefined;
  // An unusable file is best known at once; a PostgreSQL server may still be starting.
  if (engine === 'sqlite') await ping();
  return {
    migrate: () => migrate(db, engine),
    ping,
    close: () => (closing ??= db.destroy()),
    ...bookings(db, engine),
    ...snapshots(db, log, now),
    ...evidence(db),
    ...transcripts(db),
    ...recordings(db),
    ...links(db),
    ...unclaimed(db, now),
    ...streamTokens(db, now),
    ...hosts(db),
    ...lines(db, now),
    ...dials(db, engine),
    ...liveLegs(db),
    ...circuits(db),
    ...slots(db),
    ...messages(db),
    ...reviews(db),
    ...erasures(db, engine),
    ...retention(db),
    ...sessions(db),
    ...doNotCall(db),
  };
}

function dialectOf(databaseUrl: string, log: RecordsLog | undefined): { engine: Engine; dialect: Dialect } {
  if (/^postgres(ql)?:\/\//.test(databaseUrl))
    return { engine: 'postgres', dialect: postgresDialect(databaseUrl, log) };
  if (databaseUrl.startsWith('file:')) return { engine: 'sqlite', dialect: sqliteDialect(pathOf(databaseUrl)) };
  throw new Error('DATABASE_URL must begin with file: (SQLite) or postgres:// (PostgreSQL)');
}

function pathOf(databaseUrl: string): string {
  const path = databaseUrl.startsWith('file://') ? pathOfUrl(databaseUrl) : databaseUrl.slice('file:'.length);
  if (path === '') throw new Error('DATABASE_URL names no file; write file: and its path');
  if (path.includes('?'))
    throw new Error('DATABASE_URL: a file: URL takes no parameters; leave out what begins at the ?');
  return path;
}

function pathOfUrl(databaseUrl: string): string {
  try {
    return fileURLToPath(databaseUrl);
  } catch (cause) {
    throw new Error('DATABASE_URL: file:// must be followed by an absolute path, as in file:///path/x.db', { cause });
  }
}

function postgresDialect(connectionString: string, log: RecordsLog | undefined): Dialect {
  // The driver's own error for this would carry the password.
  if (!URL.canParse(connectionString)) {
    throw new Error(
      'DATABASE_URL is not a valid URL; special characters in its user or password must be percent-encoded',
    );
  }
  return new PostgresDialect({
    pool: async () => {
      const pool = new pg.Pool({
        connectionString,
        application_name: 'vocero',
        max: 10,
        connectionTimeoutMillis: 10_000,
        statement_timeout: 30_000,
        keepAlive: true,
      });
      // A server that restarts breaks idle connections; unheard, that error would end the process.
      pool.on('error', (error) =>
        log?.warn({ err: error }, 'an idle database connection broke; a new one will be made'),
      );
      // The pool hears its idle connections only. One that breaks in use fails its query, and says so here once more.
      pool.on('connect', (client) => client.on('error', () => undefined));
      return pool;
    },
  });
}
