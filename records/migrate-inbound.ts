import type { Kysely } from 'kysely';

/**
 * Calls to our number, each by its CallSid: a repeated request finds its call. No foreign keys: strangers have no booking. `call_id` null:
 * the caller got no agent. A stranger with an agent has the id of no booking's call.
 */
export async function createInboundCalls({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('inbound_calls')
    .addColumn('call_sid', 'text', (column) => column.primaryKey())
    .addColumn('call_id', 'text', (column) => column.unique())
    .addColumn('booking_id', 'text')
    .addColumn('line_id', 'text', (column) => column.notNull())
    .addColumn('follow_up', 'integer', (column) => column.notNull())
    .addColumn('phone_masked', 'text')
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('until_ms', 'bigint', (column) => column.notNull())
    .addColumn('over', 'integer', (column) => column.notNull())
    .execute();
  await schema.createIndex('inbound_calls_by_booking').on('inbound_calls').column('booking_id').execute();
  await schema.createIndex('inbound_calls_by_line').on('inbound_calls').columns(['line_id', 'over']).execute();
  await schema.createIndex('inbound_calls_by_time').on('inbound_calls').column('at_ms').execute();
  await schema.alterTable('bookings').addColumn('follow_ups_json', 'text').execute();
  await schema
    .alterTable('erasures')
    .addColumn('inbound', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
