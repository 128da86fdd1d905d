import type { Kysely } from 'kysely';

/** Why a row was not called, or did not succeed, for programs. Null for rows of earlier versions, which have the words alone. */
export async function addRowReasons({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('batch_rows').addColumn('reasons_json', 'text').execute();
}
