import { Gauge, type Registry } from 'prom-client';
import { type Accounts, ofOthers } from '../domain/accounts.ts';
import type { LookRecords } from '../records/ports/look.ts';

/** Counted at most this often, for any number of scrapes. */
const KEPT_MS = 60_000;

/** Counts open bookings that wait for accounts other than those of this process. */
export function elsewhereMetrics(
  register: Registry,
  records: Pick<LookRecords, 'openByAccounts'>,
  accounts: Accounts,
): void {
  let counted: { at: number; count: Promise<number | undefined> } | undefined;
  const count = async (): Promise<number | undefined> => {
    const open = await records.openByAccounts().catch(() => undefined);
    return open && ofOthers(accounts, open).reduce((sum, group) => sum + group.count, 0);
  };
  new Gauge({
    name: 'vocero_bookings_elsewhere',
    help: 'Open bookings that belong to another mode or other accounts, and wait for them; counted at most once a minute',
    registers: [register],
    async collect() {
      if (!counted || Date.now() - counted.at >= KEPT_MS) counted = { at: Date.now(), count: count() };
      const now = await counted.count;
      if (now !== undefined) this.set(now);
    },
  });
}
