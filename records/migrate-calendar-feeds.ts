import type { Kysely } from 'kysely';

/** Feeds of appointments under a secret address, of which only a hash is stored. */
export async function createCalendarFeeds({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('calendar_feeds')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('batch', 'text')
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('read_ms', 'bigint')
    .addColumn('ends_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('calendar_feeds_by_owner')
    .on('calendar_feeds')
    .columns(['owner', 'created_ms', 'id'])
    .execute();
  await schema.createIndex('calendar_feeds_by_end').on('calendar_feeds').column('ends_ms').execute();
}
