import { accountsOf } from '../../config/accounts.ts';
import { ofOthers, tellOfOthers } from '../../domain/accounts.ts';
import { type Check, ok, warn } from './check.ts';
import { withDatabase } from './with-database.ts';

/** Open bookings that belong to another mode or other accounts. */
export const OPEN_BOOKINGS: Check = {
  name: 'open bookings',
  fix: 'Start it, or correct DATABASE_URL.',
  look: (patient) =>
    withDatabase(patient, async (records) => {
      const { config } = patient;
      const open = await records.openByAccounts();
      const others = ofOthers(accountsOf(config), open);
      const all = open.reduce((sum, { count }) => sum + count, 0);
      if (others.length === 0) return ok(`${all}, all of these accounts`);
      const fix = 'Start Vocero with the settings under which they were accepted, or cancel them.';
      return warn(others.map(tellOfOthers).join(' '), fix);
    }),
};
