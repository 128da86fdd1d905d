import type { Kysely } from 'kysely';

/** Entries of the do-not-call list that somebody added: their reason, and their end, if they have one. An earlier build sees no end. */
export async function addManualProhibitions({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('do_not_call').addColumn('reason', 'text').execute();
  await schema.alterTable('do_not_call').addColumn('expires_ms', 'bigint').execute();
}
