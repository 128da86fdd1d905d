import { Gauge, type Registry } from 'prom-client';
import { type Accounts, ofOthers } from '../domain/accounts.ts';
import type { LookRecords } from '../records/ports/look.ts';
import { keptCount } from './kept-count.ts';

/** Counts open bookings that wait for accounts other than those of this process. */
export function elsewhereMetrics(
  register: Registry,
  records: Pick<LookRecords, 'openByAccounts'>,
  accounts: Accounts,
): void {
  const count = keptCount(async () =>
    ofOthers(accounts, await records.openByAccounts()).reduce((sum, group) => sum + group.count, 0),
  );
  new Gauge({
    name: 'vocero_bookings_elsewhere',
    help: 'Open bookings that belong to another mode or other accounts, and wait for them; counted at most once a minute',
    registers: [register],
    async collect() {
      const now = await count();
      if (now !== undefined) this.set(now);
    },
  });
}
