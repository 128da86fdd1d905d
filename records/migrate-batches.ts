import { type Kysely, sql } from 'kysely';

/**
 * Batches, their rows, counts and events. A row belongs to its batch alone: bookings of it live on by themselves. Personal data stands in
 * `batches.settings_json` and in `batch_rows`, and nowhere else, so that an erased row leaves nothing in the events.
 */
export async function createBatches(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const run = (text: string): Promise<unknown> => sql.raw(text).execute(db);
  await schema
    .createTable('batches')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text')
    .addColumn('body_hash', 'text', (column) => column.notNull())
    .addColumn('accounts_json', 'text', (column) => column.notNull())
    .addColumn('settings_json', 'text', (column) => column.notNull())
    .addColumn('ready', 'integer', (column) => column.notNull())
    .addColumn('erasing', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('paused_because', 'text')
    .addColumn('live_calls', 'text')
    .addColumn('last_seq', 'integer', (column) => column.notNull())
    .addColumn('failures_since', 'integer', (column) => column.notNull())
    .addColumn('completions', 'integer', (column) => column.notNull())
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_ms', 'bigint', (column) => column.notNull())
    .addColumn('ended_ms', 'bigint')
    .addUniqueConstraint('batches_idempotency', ['owner', 'idempotency_key'])
    .execute();
  const shown = 'where ready = 1 and erasing = 0';
  await run(`create index batches_by_owner on batches (owner, created_ms, id, status) ${shown}`);
  await run(`create index batches_by_status on batches (status, created_ms, id, owner) ${shown}`);
  await run(`create index batches_by_time on batches (created_ms, id, status) ${shown}`);
  await run('create index batches_by_end on batches (ended_ms, id) where ended_ms is not null and erasing = 0');
  await run('create index batches_open on batches (id) where ended_ms is null and ready = 1 and erasing = 0');
  await run('create index batches_unready on batches (created_ms, id) where ready = 0');

  await schema
    .createTable('batch_rows')
    .addColumn('batch_id', 'text', (column) => column.notNull().references('batches.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('key_hash', 'text')
    .addColumn('key', 'text')
    .addColumn('line', 'integer')
    .addColumn('phone', 'text')
    .addColumn('business_name', 'text')
    .addColumn('user_name', 'text')
    .addColumn('search_text', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('why', 'text')
    .addColumn('result', 'text')
    .addColumn('simulated', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('confirmed_date', 'text')
    .addColumn('confirmed_time', 'text')
    .addColumn('booking_id', 'text')
    .addColumn('request_json', 'text')
    .addColumn('taken', 'integer', (column) => column.notNull())
    .addColumn('cancel_requested', 'integer', (column) => column.notNull())
    .addColumn('waits', 'integer', (column) => column.notNull())
    .addColumn('due_ms', 'bigint', (column) => column.notNull())
    .addColumn('until_ms', 'bigint')
    .addColumn('ended_seq', 'integer')
    .addPrimaryKeyConstraint('batch_rows_in_order', ['batch_id', 'position'])
    .addUniqueConstraint('batch_rows_once', ['batch_id', 'key_hash'])
    .execute();
  await run('create index batch_rows_by_status on batch_rows (batch_id, status, position)');
  await run('create index batch_rows_by_booking on batch_rows (booking_id) where booking_id is not null');
  const untaken = "where taken = 0 and status = 'waiting'";
  await run(`create index batch_rows_by_due on batch_rows (batch_id, due_ms, position) ${untaken}`);
  await run(`create index batch_rows_by_until on batch_rows (batch_id, until_ms) ${untaken}`);
  await run(
    'create index batch_rows_in_line on batch_rows (batch_id, position, status, waits) where taken = 1 and ended_seq is null',
  );
  await run('create index batch_rows_by_end on batch_rows (batch_id, ended_seq) where ended_seq is not null');

  await schema
    .createTable('batch_counts')
    .addColumn('batch_id', 'text', (column) => column.notNull().references('batches.id').onDelete('cascade'))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('batch_counts_once', ['batch_id', 'status', 'result'])
    .execute();

  await schema
    .createTable('batch_events')
    .addColumn('batch_id', 'text', (column) => column.notNull().references('batches.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('position', 'integer')
    .addColumn('event_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('batch_events_in_order', ['batch_id', 'seq'])
    .execute();

  await schema
    .createTable('batch_erasures')
    .addColumn('batch_id', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('key_hash', 'text')
    .addColumn('requested_ms', 'bigint', (column) => column.notNull())
    .addColumn('erased_ms', 'bigint')
    .execute();
  await schema.createIndex('batch_erasures_by_key').on('batch_erasures').column('key_hash').execute();
  await run('create index batch_erasures_open on batch_erasures (requested_ms) where erased_ms is null');
}
