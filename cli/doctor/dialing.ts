import { type Check, fail, ok } from './check.ts';
import { withDatabase } from './with-database.ts';

/** Whether dials may leave. */
export const DIALING: Check = {
  name: 'dialing',
  fix: 'Start it, or correct DATABASE_URL.',
  look: (patient) =>
    withDatabase(patient, async (records) => {
      const { hold } = await records.installation();
      if (!hold) return ok('dials may leave');
      return fail(`held since ${hold.held_at}: ${hold.why}`, 'Run vocero resume-dialing: it says how to go on.');
    }),
};
