import { type Kysely, sql } from 'kysely';

/**
 * Shortlists and their events. `order_json` and `progress_json` have what the API shows; the bookings of candidates are rows of `bookings`.
 */
export async function createShortlists(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('shortlists')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text')
    .addColumn('body_hash', 'text')
    .addColumn('order_json', 'text', (column) => column.notNull())
    .addColumn('progress_json', 'text', (column) => column.notNull())
    .addColumn('accounts_json', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('last_seq', 'integer', (column) => column.notNull())
    .addColumn('started', 'integer', (column) => column.notNull())
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('final_ms', 'bigint')
    .addColumn('message_json', 'text')
    .addColumn('message_state', 'text')
    .addColumn('deliveries_json', 'text')
    .addUniqueConstraint('shortlists_idempotency', ['owner', 'idempotency_key'])
    .execute();
  await schema
    .createTable('shortlist_events')
    .addColumn('shortlist_id', 'text', (column) => column.notNull().references('shortlists.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('event_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('shortlist_events_in_order', ['shortlist_id', 'seq'])
    .addUniqueConstraint('shortlist_events_once', ['shortlist_id', 'key'])
    .execute();
  for (const statement of [
    'create index shortlists_by_owner on shortlists (owner, created_ms, id) where started = 1',
    'create index shortlists_by_time on shortlists (created_ms, id) where started = 1',
    'create index shortlists_by_end on shortlists (final_ms, id) where final_ms is not null',
    'create index shortlists_open on shortlists (owner, id) where final_ms is null',
  ])
    await sql.raw(statement).execute(db);
}
