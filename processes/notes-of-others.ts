import { accountsOf } from '../config/accounts.ts';
import type { Config } from '../config/config.ts';
import { ofOthers, tellOfOthers } from '../domain/accounts.ts';
import type { LookRecords } from '../records/ports/look.ts';

interface Noting {
  records: Pick<LookRecords, 'openByAccounts'>;
  log: { warn(fields: object, message: string): void };
}

/** Notes on open bookings that belong to other accounts than this start's. Never throws: without a database there is no note, and the process goes on. */
export async function notesOfOthers(config: Config, { records, log }: Noting): Promise<string[]> {
  try {
    return ofOthers(accountsOf(config), await records.openByAccounts()).map(tellOfOthers);
  } catch (error) {
    log.warn({ err: error }, 'could not count the open bookings of other accounts');
    return [];
  }
}
