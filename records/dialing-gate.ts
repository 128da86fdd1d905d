import { setBound } from './gates.ts';
import type { Database } from './tables.ts';

/** The gate before all dials. It has no bound, or no place at all while dialing is held. */
export const DIALING = 'dialing';

/** Subquery: 0 while dialing is held, else null. */
export const heldIn = (db: Database) =>
  db.selectFrom('slot_gates').select('most').where('provider', '=', DIALING).where('most', '=', 0);

export const closeDialing = (trx: Database): Promise<void> => setBound(trx, DIALING, 0);

export async function openDialing(trx: Database): Promise<void> {
  await trx.updateTable('slot_gates').set({ most: null }).where('provider', '=', DIALING).execute();
}
