import type { Kysely } from 'kysely';

/** Whether the sandbox ran a booking: null for older ones, whose outcome tells. */
export async function addSandbox({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('bookings').addColumn('sandbox', 'integer').execute();
}
