import type { Kysely } from 'kysely';

/** Marks by which a key is recognised as the data's; see `processes/keys.ts`. */
export async function createKeyMarks({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('key_marks')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('mark', 'text', (column) => column.notNull())
    .execute();
}
