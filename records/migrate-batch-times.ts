import { type Kysely, sql } from 'kysely';

/** A changed `not_after` of a batch reaches its bookings, and leaves the rows' own; feeds end with their batch. */
export async function addBatchTimes(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('batch_rows').addColumn('own_not_after', 'text').execute();
  await schema
    .alterTable('batch_rows')
    .addColumn('retimed', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql.raw('create index calendar_feeds_by_batch on calendar_feeds (batch) where batch is not null').execute(db);
}
