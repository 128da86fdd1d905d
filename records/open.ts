import { fileURLToPath } from 'node:url';
import { type Dialect, Kysely, sql } from 'kysely';
import { audits } from './audits.ts';
import { batchErasures } from './batch-erasures.ts';
import { batchLine } from './batch-line.ts';
import { batchRows } from './batch-rows.ts';
import { batchTimes } from './batch-times.ts';
import { batches } from './batches.ts';
import { bookings } from './bookings.ts';
import { calendarFeeds } from './calendar-feeds.ts';
import { callers } from './callers.ts';
import { circuits } from './circuits.ts';
import { counts } from './counts.ts';
import { dials } from './dials.ts';
import { doNotCall } from './do-not-call.ts';
import type { Engine } from './engine.ts';
import { erasures } from './erasures.ts';
import { evidence } from './evidence.ts';
import { countingFailures, type FailureKind } from './failures.ts';
import { hosts } from './hosts.ts';
import { inbound } from './inbound.ts';
import { installation } from './installation.ts';
import type { Records } from './interface.ts';
import { keys } from './keys.ts';
import { lines } from './lines.ts';
import { links } from './links.ts';
import { listing } from './listing.ts';
import { liveLegs } from './live-legs.ts';
import type { RecordsLog } from './log.ts';
import { look } from './look.ts';
import { messages } from './messages.ts';
import { migrate } from './migrations.ts';
import { operating } from './operating.ts';
import { type Bounds, PATIENT, postgresDialect, QUICK } from './postgres.ts';
import { recordings } from './recordings.ts';
import { retention } from './retention.ts';
import { reviews } from './reviews.ts';
import { sessions } from './sessions.ts';
import { shortlists } from './shortlists.ts';
import { slots } from './slots.ts';
import { snapshots } from './snapshots.ts';
import { type SqliteBounds, sqliteDialect } from './sqlite.ts';
import { streamTokens } from './stream-tokens.ts';
import type { Tables } from './tables.ts';
import { transcripts } from './transcripts.ts';
import { unclaimed } from './unclaimed.ts';
import { usage } from './usage.ts';

export interface RecordsOptions {
  /** `file:/path/x.db` (SQLite; also relative, and as a `file:///` URL) or `postgres://…`. */
  databaseUrl: string;
  log?: RecordsLog | undefined;
  /** Milliseconds since 1970. Used only to delete what nobody claimed. */
  now?: (() => number) | undefined;
  /** Time limits for PostgreSQL; default `QUICK`. */
  bounds?: Bounds | undefined;
  /** Called for every failure of the database, before its caller learns of it. */
  onFailure?: ((kind: FailureKind) => void) | undefined;
  /** Called for every statement: for tests and benchmarks. */
  onQuery?: ((query: { sql: string; parameters: readonly unknown[] }) => void) | undefined;
}

/**
 * Opens the database; `migrate()` creates its tables. PostgreSQL is connected by the first query.
 * @throws Error that names DATABASE_URL, without its password, when it cannot be used
 * @example
 * ```ts
 * const records = await openRecords({ databaseUrl: 'file:data/vocero.db', log });
 * await records.migrate();
 * const booking = await records.booking('bk_…'); // undefined: there is no such booking
 * await records.close();
 * ```
 */
export async function openRecords({
  databaseUrl,
  log,
  now = Date.now,
  bounds = QUICK,
  onFailure,
  onQuery,
}: RecordsOptions): Promise<Records> {
  const { engine, dialect, patiently } = opened(databaseUrl, bounds, log);
  const counted = onFailure ? countingFailures(dialect, onFailure) : dialect;
  const db = new Kysely<Tables>({ dialect: counted, ...(onQuery && { log: ({ query }) => onQuery(query) }) });
  let closing: Promise<void> | undefined;
  // Report an unusable file at once; a PostgreSQL server may still be starting.
  if (engine === 'sqlite') await sql`select 1`.execute(db);
  return {
    migrate: () => patiently(db, (patient) => migrate(patient, engine)),
    ping: oneAtATime(() => tryToWrite(db)),
    close: () => (closing ??= db.destroy()),
    ...recordsOn(db, engine, log, now),
  };
}

/** Everything that is stored in a database, and asked of it, once its tables exist. */
export function recordsOn(
  db: Kysely<Tables>,
  engine: Engine,
  log: RecordsLog | undefined,
  now: () => number,
): Omit<Records, 'migrate' | 'ping' | 'close'> {
  return {
    ...bookings(db, engine),
    ...listing(db, engine),
    ...counts(db, engine),
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
    ...liveLegs(db, now),
    ...callers(db),
    ...usage(db),
    ...inbound(db, engine, now),
    ...circuits(db),
    ...slots(db, now),
    ...messages(db),
    ...reviews(db),
    ...erasures(db, engine),
    ...retention(db),
    ...look(db, now),
    ...audits(db),
    ...sessions(db),
    ...shortlists(db, engine),
    ...calendarFeeds(db),
    ...doNotCall(db),
    ...operating(db),
    ...keys(db),
    ...installation(db, engine),
    ...batches(db, engine),
    ...batchRows(db),
    ...batchLine(db),
    ...batchTimes(db),
    ...batchErasures(db, engine),
  };
}

/** Concurrent callers share one run and its result. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** Writes a row: a full disk, a lock that nobody releases and a standby answer reads as usual. */
async function tryToWrite(db: Kysely<Tables>): Promise<void> {
  await db
    .insertInto('installation')
    .values({ name: 'tried', value: '' })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: '' }))
    .execute();
}

interface Opened {
  engine: Engine;
  dialect: Dialect;
  /** Runs slow work without the time limits of other queries. */
  patiently(db: Kysely<Tables>, work: (db: Kysely<Tables>) => Promise<void>): Promise<void>;
}

function opened(databaseUrl: string, bounds: Bounds, log: RecordsLog | undefined): Opened {
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) return openedPostgres(databaseUrl, bounds, log);
  if (databaseUrl.startsWith('file:')) return openedSqlite(pathOf(databaseUrl));
  throw new Error('DATABASE_URL must begin with file: (SQLite) or postgres:// (PostgreSQL)');
}

const openedPostgres = (databaseUrl: string, bounds: Bounds, log: RecordsLog | undefined): Opened => ({
  engine: 'postgres',
  dialect: postgresDialect(databaseUrl, bounds, log),
  async patiently(_db, work) {
    const patient = new Kysely<Tables>({ dialect: postgresDialect(databaseUrl, PATIENT, log) });
    await work(patient).finally(() => patient.destroy());
  },
});

const ANSWER_MS = 30_000;

function openedSqlite(path: string): Opened {
  const bounds: SqliteBounds = { answerMs: ANSWER_MS };
  return {
    engine: 'sqlite',
    dialect: sqliteDialect(path, bounds),
    async patiently(db, work) {
      bounds.answerMs = undefined;
      await work(db).finally(() => {
        bounds.answerMs = ANSWER_MS;
      });
    },
  };
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
