import { providersClocks } from '../../providers/index.ts';
import { type Check, fail, off, ok, warn } from './check.ts';
import { withDatabase } from './with-database.ts';

/** A difference that a slow answer and whole seconds explain. */
const EXPLAINED_MS = 3_000;
/** From here on calls are looked up in the wrong minutes, and signatures with a time limit are refused. */
const HARMFUL_MS = 30_000;

const FIX = 'Let this machine set its clock over NTP (timedatectl set-ntp true), and restart Vocero.';

/** The clocks of the providers and of the database's server, against the clock of this machine. */
export const CLOCK: Check = {
  name: 'clock',
  fix: 'Correct DATABASE_URL.',
  look: (patient) =>
    withDatabase(patient, async (records) => {
      const clocks: { of: string; ahead_ms: number }[] = (await providersClocks(patient.config)).map(
        ({ provider, ahead_ms }) => ({ of: provider, ahead_ms }),
      );
      const asked = Date.now();
      const database = await records.clock();
      if (database !== undefined) clocks.push({ of: 'the database', ahead_ms: (asked + Date.now()) / 2 - database });
      if (clocks.length === 0) return off('no provider and no database server answered with its time');
      const worst = clocks.reduce((a, b) => (Math.abs(b.ahead_ms) > Math.abs(a.ahead_ms) ? b : a));
      const off_by = Math.abs(worst.ahead_ms);
      if (off_by < EXPLAINED_MS) return ok(`agrees with ${clocks.map(({ of }) => of).join(', ')}`);
      const says = `this machine’s clock is ${Math.round(off_by / 1000)} s ${worst.ahead_ms > 0 ? 'ahead of' : 'behind'} the clock of ${worst.of}`;
      return off_by < HARMFUL_MS
        ? warn(says, FIX)
        : fail(`${says}: calls are made and looked up at the wrong time`, FIX);
    }),
};
