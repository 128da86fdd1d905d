import type { Kysely } from 'kysely';

/**
 * Places in line: the bounds of gates, the queues of waiting bookings, and the turns of their owners. No foreign keys, as for lines.
 */
export async function createPlaces({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('slot_gates').addColumn('most', 'integer').execute();
  await schema.alterTable('lines').addColumn('handed_ms', 'bigint').execute();
  await schema.createIndex('lines_handed').on('lines').column('handed_ms').execute();
  await schema
    .alterTable('line_waiters')
    .addColumn('has_line', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  for (const column of ['call_id', 'queue']) {
    await schema.alterTable('line_waiters').addColumn(column, 'text').execute();
  }
  await schema
    .createIndex('line_waiters_in_queue')
    .on('line_waiters')
    .columns(['queue', 'has_line', 'since_ms', 'booking_id'])
    .execute();
  await schema
    .createTable('place_queues')
    .addColumn('queue', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('turn', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('place_turns')
    .addColumn('owner', 'text', (column) => column.primaryKey())
    .addColumn('turn', 'bigint', (column) => column.notNull())
    .execute();
}
