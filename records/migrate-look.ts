import { type Kysely, sql } from 'kysely';

/**
 * Columns and tables of the hourly look and of the audit after the outcome. Bookings that have an outcome already are not audited. The
 * indexes contain only the rows that these queries need.
 */
export async function addLook({ schema }: Kysely<unknown>): Promise<void> {
  for (const column of ['window_json', 'contradictions_json']) {
    await schema.alterTable('bookings').addColumn(column, 'text').execute();
  }
  await schema
    .alterTable('bookings')
    .addColumn('audits', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('bookings').addColumn('audit_ms', 'bigint').execute();
  await schema
    .createIndex('bookings_to_audit')
    .on('bookings')
    .columns(['audits', 'audit_ms'])
    .where(sql<boolean>`audit_ms is not null`)
    .execute();
  await schema
    .createIndex('bookings_open_by_accounts')
    .on('bookings')
    .columns(['accounts_json', 'sandbox', 'status'])
    .where(sql<boolean>`status in ('queued', 'in_progress')`)
    .execute();
}
