import type { Kysely } from 'kysely';

/** Facts about the database as a whole: its identity, its place, whether dialing is held. See `records/installation.ts`. */
export async function createInstallation({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('installation')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}
