import { type CreateTableBuilder, type Kysely, type Migration, Migrator, sql } from 'kysely';
import { createCallers } from './callers.ts';
import type { Engine } from './engine.ts';
import { addBatchTimes } from './migrate-batch-times.ts';
import { createBatches } from './migrate-batches.ts';
import { createCalendarFeeds } from './migrate-calendar-feeds.ts';
import { indexListing, keepCounts } from './migrate-counts.ts';
import { createInboundCalls } from './migrate-inbound.ts';
import { createInstallation } from './migrate-installation.ts';
import { createKeyMarks } from './migrate-keys.ts';
import { addLook } from './migrate-look.ts';
import { addManualProhibitions } from './migrate-manual-prohibitions.ts';
import { addOperating } from './migrate-operating.ts';
import { addParents } from './migrate-parents.ts';
import { createPlaces } from './migrate-places.ts';
import { addRowReasons } from './migrate-row-reasons.ts';
import { addSandbox } from './migrate-sandbox.ts';
import { addSearch } from './migrate-search.ts';
import { addShortlistBookings } from './migrate-shortlist-bookings.ts';
import { createShortlists } from './migrate-shortlists.ts';
import { createWaiting } from './migrate-waiting.ts';
import { keepLevel, newerThan } from './newer-builds.ts';
import { createProhibitions } from './prohibitions.ts';
import type { Database } from './tables.ts';
import { createUsage } from './usage.ts';

/**
 * Brings the database to this version's schema. Several processes may do it at once: PostgreSQL waits on an advisory lock, SQLite on its
 * write lock (the whole run is one immediate transaction). Migrations of a newer build, which runs beside this one, stay.
 * @throws DatabaseIsNewer if this build cannot work with them
 */
export async function migrate(db: Database, engine: Engine): Promise<void> {
  for (let rest = 3; ; rest--) {
    const known = migrations(engine);
    const provider = { getMigrations: async () => ({ ...known, ...newer }) };
    const newer = await newerThan(known, db, engine);
    // Kysely takes the times of execution for the order: a clock that was wrong once would refuse every later start.
    const { error, results } = await new Migrator({ db, provider, allowUnorderedMigrations: true }).migrateToLatest();
    if (error === undefined) return keepLevel(db);
    // A newer build has migrated in between.
    if (rest > 0 && Object.keys(await newerThan(known, db, engine)).length > Object.keys(newer).length) continue;
    const failed = results?.find((result) => result.status === 'Error')?.migrationName;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`could not migrate the database${failed ? ` (${failed})` : ''}: ${reason}`, { cause: error });
  }
}

/** In code, so that every deployment carries its own. Names sort in the order of execution. */
function migrations(engine: Engine): Record<string, Migration> {
  return {
    '0001_records': { up: (db) => createRecords(db, engine) },
    '0002_lines': { up: createLines },
    '0003_hosts': { up: createHosts },
    '0004_messages': { up: (db) => createMessages(db, engine) },
    '0005_reviews': { up: createReviews },
    '0006_erasures': { up: createErasures },
    '0007_limits': { up: createLimits },
    '0008_search': { up: addSearch },
    '0009_sessions': { up: createSessions },
    '0010_sandbox': { up: addSandbox },
    '0011_dials': { up: createDials },
    '0016_openings': { up: addOpenings },
    '0020_listing': { up: indexListing },
    '0021_counts': { up: (db) => keepCounts(db, engine) },
    '0022_key_marks': { up: createKeyMarks },
    '0030_prohibitions': { up: createProhibitions },
    '0040_look': { up: addLook },
    '0050_waiting': { up: createWaiting },
    '0063_callers': { up: createCallers },
    '0092_inbound': { up: createInboundCalls },
    '0100_places': { up: createPlaces },
    '0101_parents': { up: addParents },
    '0110_calendar_feeds': { up: createCalendarFeeds },
    '0111_shortlists': { up: createShortlists },
    '0112_batches': { up: createBatches },
    '0113_batch_times': { up: addBatchTimes },
    '0114_row_reasons': { up: addRowReasons },
    '0115_shortlist_bookings': { up: addShortlistBookings },
    '0116_installation': { up: createInstallation },
    '0118_usage': { up: createUsage },
    '0119_manual_prohibitions': { up: addManualProhibitions },
    '0120_operating': { up: (db) => addOperating(db, engine) },
  };
}

async function createRecords(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('bookings')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text')
    .addColumn('body_hash', 'text')
    .addColumn('order_json', 'text', (column) => column.notNull())
    .addColumn('view_json', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('last_seq', 'integer', (column) => column.notNull())
    .addColumn('started', 'integer', (column) => column.notNull())
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('bookings_idempotency', ['owner', 'idempotency_key'])
    .execute();
  await schema.createIndex('bookings_by_owner').on('bookings').columns(['owner', 'created_ms', 'id']).execute();
  await schema.createIndex('bookings_by_time').on('bookings').columns(['created_ms', 'id']).execute();
  await schema
    .createIndex('bookings_by_status')
    .on('bookings')
    .columns(['status', 'started', 'created_ms', 'id'])
    .execute();

  await ofBooking(schema.createTable('events'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('event_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('events_in_order', ['booking_id', 'seq'])
    .addUniqueConstraint('events_once', ['booking_id', 'key'])
    .execute();

  await ofBooking(schema.createTable('attempts'))
    .addColumn('call_id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('call_sid', 'text')
    .addColumn('conversation_id', 'text')
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .execute();
  for (const column of ['booking_id', 'call_sid', 'conversation_id']) {
    await schema.createIndex(`attempts_by_${column}`).on('attempts').column(column).execute();
  }

  await ofBooking(positioned(schema.createTable('evidence'), engine))
    .addColumn('evidence_id', 'text', (column) => column.notNull())
    .addColumn('call_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('artifact', 'text')
    .addColumn('evidence_json', 'text', (column) => column.notNull())
    .addUniqueConstraint('evidence_once', ['booking_id', 'evidence_id'])
    .execute();

  await ofBooking(schema.createTable('turns'))
    .addColumn('call_id', 'text', (column) => column.notNull())
    .addColumn('turn_index', 'integer', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('turn_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('turns_once', ['call_id', 'turn_index'])
    .execute();
  await schema.createIndex('turns_by_booking').on('turns').columns(['booking_id', 'number']).execute();

  await ofBooking(schema.createTable('recordings'))
    .addColumn('call_id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('content_type', 'text', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('recordings_by_booking').on('recordings').columns(['booking_id', 'number']).execute();

  // No foreign key: links and tokens serve live calls and must work even if the booking's row is lost.
  await schema
    .createTable('links')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('provider_id', 'text', (column) => column.notNull())
    .addColumn('call_id', 'text', (column) => column.notNull())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('links_once', ['kind', 'provider_id'])
    .execute();
  await schema.createIndex('links_by_booking').on('links').column('booking_id').execute();

  await schema
    .createTable('stream_tokens')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('call_id', 'text', (column) => column.notNull())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .addColumn('call_sid', 'text', (column) => column.notNull())
    .addColumn('expires_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('stream_tokens_by_expiry').on('stream_tokens').column('expires_ms').execute();
  await schema.createIndex('stream_tokens_by_booking').on('stream_tokens').column('booking_id').execute();

  await positioned(schema.createTable('unclaimed'), engine)
    .addColumn('call_sid', 'text', (column) => column.notNull())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('evidence_id', 'text', (column) => column.notNull())
    .addColumn('phone', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('kept_ms', 'bigint', (column) => column.notNull())
    .addColumn('evidence_json', 'text', (column) => column.notNull())
    .addUniqueConstraint('unclaimed_once', ['call_sid', 'conversation_id', 'evidence_id'])
    .execute();
  await schema.createIndex('unclaimed_by_conversation').on('unclaimed').column('conversation_id').execute();
  await schema.createIndex('unclaimed_by_age').on('unclaimed').column('kept_ms').execute();

  // No foreign key: a business that asked not to be called stays protected after the booking was erased.
  await schema
    .createTable('do_not_call')
    .addColumn('phone_hash', 'text', (column) => column.primaryKey())
    .addColumn('phone_masked', 'text', (column) => column.notNull())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
}

/** The booking that may ring a number now. No foreign key: the lock must hold even if its holder's row is lost or erased. */
async function createLines({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('lines')
    .addColumn('line_id', 'text', (column) => column.primaryKey())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .addColumn('taken_ms', 'bigint', (column) => column.notNull())
    .addColumn('until_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('lines_by_booking').on('lines').column('booking_id').execute();
}

/** The bridge process that hosts each call. No foreign keys, as for links. */
async function createHosts({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('bridges')
    .addColumn('bridge_id', 'text', (column) => column.primaryKey())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('live', 'integer', (column) => column.notNull())
    .addColumn('draining', 'integer', (column) => column.notNull())
    .addColumn('seen_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('hosted_calls')
    .addColumn('call_id', 'text', (column) => column.primaryKey())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .addColumn('bridge_id', 'text', (column) => column.notNull())
    .addColumn('issued', 'integer', (column) => column.notNull())
    .addColumn('taken', 'integer', (column) => column.notNull())
    .addColumn('prepared', 'integer', (column) => column.notNull())
    .addColumn('over', 'integer', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('hosted_calls_by_bridge').on('hosted_calls').columns(['bridge_id', 'prepared']).execute();
  await schema.createIndex('hosted_calls_by_booking').on('hosted_calls').column('booking_id').execute();
  await schema.createIndex('hosted_calls_by_age').on('hosted_calls').column('at_ms').execute();
  await schema
    .alterTable('stream_tokens')
    .addColumn('epoch', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}

/** Messages to clients' `callback_url`, and each delivery. */
async function createMessages({ schema }: Kysely<unknown>, engine: Engine): Promise<void> {
  await ofBooking(schema.createTable('messages'))
    .addColumn('message_id', 'text', (column) => column.primaryKey())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('message_json', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('messages_by_booking').on('messages').column('booking_id').execute();
  await positioned(schema.createTable('deliveries'), engine)
    .addColumn('message_id', 'text', (column) => column.notNull().references('messages.message_id').onDelete('cascade'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('status', 'integer')
    .addColumn('error', 'text')
    .execute();
  await schema.createIndex('deliveries_by_message').on('deliveries').column('message_id').execute();
}

/** Decisions of people on bookings that the evidence did not settle. The last one also stands in the booking's row. */
async function createReviews({ schema }: Kysely<unknown>): Promise<void> {
  await ofBooking(schema.createTable('reviews'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('by_whom', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('decision_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('reviews_in_order', ['booking_id', 'number'])
    .execute();
  await schema.alterTable('bookings').addColumn('review_json', 'text').execute();
}

/**
 * Remains of erased bookings: the fact, the owner, and hashes that identify late webhooks and repeated requests. `erasure_traces` are ids
 * that the providers must still delete; each row is removed when that is done.
 */
async function createErasures(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('erasures')
    .addColumn('booking_id', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('key_hash', 'text')
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('calls', 'integer', (column) => column.notNull())
    .addColumn('requested_ms', 'bigint', (column) => column.notNull())
    .addColumn('forgotten', 'integer', (column) => column.notNull())
    .addColumn('erased_ms', 'bigint')
    .execute();
  await schema.createIndex('erasures_by_key').on('erasures').column('key_hash').execute();
  await schema.createIndex('erasures_by_state').on('erasures').columns(['forgotten', 'requested_ms']).execute();
  await schema
    .createTable('erasure_traces')
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('provider_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('erasure_traces_once', ['booking_id', 'kind', 'provider_id'])
    .execute();
  await schema
    .createTable('erased_ids')
    .addColumn('id_hash', 'text', (column) => column.primaryKey())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .execute();
  await schema
    .alterTable('bookings')
    .addColumn('erasing', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('bookings').addColumn('final_ms', 'bigint').execute();
  await schema.createIndex('bookings_by_end').on('bookings').columns(['status', 'final_ms']).execute();
  // The end of these bookings is only in their documents; using their creation erases them slightly too early.
  await sql`update bookings set final_ms = created_ms where status in ('completed', 'failed', 'needs_review', 'canceled')`.execute(
    db,
  );
}

/** Limits that all workers share. No foreign keys, as for lines: a slot contains nothing personal and expires. */
async function createLimits({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('circuits')
    .addColumn('provider', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('circuit_json', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('slots')
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('call_id', 'text', (column) => column.notNull())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('until_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('slots_once', ['provider', 'call_id'])
    .execute();
  for (const column of ['call_id', 'booking_id']) {
    await schema.createIndex(`slots_by_${column}`).on('slots').column(column).execute();
  }
  await schema
    .createTable('slot_gates')
    .addColumn('provider', 'text', (column) => column.primaryKey())
    .addColumn('takes', 'bigint', (column) => column.notNull())
    .execute();
}

/** Sessions of operators at the console. */
async function createSessions({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('sessions')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('until_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('sessions_by_end').on('sessions').column('until_ms').execute();
}

/** Each dial, written before its request leaves, and the accounts of bookings. Erased with its booking. */
async function createDials({ schema }: Kysely<unknown>): Promise<void> {
  await ofBooking(schema.createTable('dials'))
    .addColumn('call_id', 'text', (column) => column.primaryKey())
    .addColumn('run_id', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('caller', 'text')
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('dials_by_booking').on('dials').column('booking_id').execute();
  for (const table of ['bookings', 'erasures']) {
    await schema.alterTable(table).addColumn('accounts_json', 'text').execute();
  }
}

/** Whether the callee of a bridged call has heard the agent's first words. */
async function addOpenings({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .alterTable('hosted_calls')
    .addColumn('opened', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}

/** A reference to a booking: erasing the booking deletes the row. */
const ofBooking = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
  table.addColumn('booking_id', 'text', (column) => column.notNull().references('bookings.id').onDelete('cascade'));

/** A number that grows in the order of insertion. */
const positioned = <T extends string, C extends string>(table: CreateTableBuilder<T, C>, engine: Engine) =>
  engine === 'sqlite'
    ? table.addColumn('position', 'integer', (column) => column.primaryKey().autoIncrement())
    : table.addColumn('position', sql`integer`, (column) => column.generatedAlwaysAsIdentity().primaryKey());
