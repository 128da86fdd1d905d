import { type Kysely, sql } from 'kysely';

/** Waiters for a number, the last turn of each owner, and counts of open bookings. No foreign keys, as for lines. */
export async function createWaiting({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('line_waiters')
    .addColumn('line_id', 'text', (column) => column.notNull())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('since_ms', 'bigint', (column) => column.notNull())
    .addColumn('hold_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('line_waiters_once', ['line_id', 'booking_id'])
    .execute();
  await schema.createIndex('line_waiters_by_booking').on('line_waiters').column('booking_id').execute();
  await schema
    .createTable('line_turns')
    .addColumn('line_id', 'text', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('line_turns_once', ['line_id', 'owner'])
    .execute();
  await schema.createIndex('line_turns_by_age').on('line_turns').column('at_ms').execute();
  await schema
    .createIndex('bookings_open')
    .on('bookings')
    .columns(['owner', 'phone_hash'])
    .where(sql.ref('final_ms'), 'is', null)
    .execute();
  await schema
    .alterTable('lines')
    .addColumn('owner', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await schema.createIndex('lines_by_owner').on('lines').column('owner').execute();
}
