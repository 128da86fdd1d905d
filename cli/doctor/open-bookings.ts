import { existsSync } from 'node:fs';
import { accountsOf } from '../../config/accounts.ts';
import { ofOthers, tellOfOthers } from '../../domain/accounts.ts';
import { openRecords } from '../../records/open.ts';
import { type Check, off, ok, warn } from './check.ts';

/** Open bookings that belong to another mode or other accounts. */
export const OPEN_BOOKINGS: Check = {
  name: 'open bookings',
  fix: 'Start it, or correct DATABASE_URL.',
  async look({ config }) {
    const { databaseUrl } = config;
    if (databaseUrl.startsWith('file:') && !existsSync(databaseUrl.slice('file:'.length)))
      return off('no database yet');
    const records = await openRecords({ databaseUrl });
    try {
      const open = await records.openByAccounts();
      const others = ofOthers(accountsOf(config), open);
      const all = open.reduce((sum, { count }) => sum + count, 0);
      if (others.length === 0) return ok(`${all}, all of these accounts`);
      const fix = 'Start Vocero with the settings under which they were accepted, or cancel them.';
      return warn(others.map(tellOfOthers).join(' '), fix);
    } finally {
      await records.close();
    }
  },
};
