import { accountsOf } from '../../config/accounts.ts';
import type { Config } from '../../config/config.ts';
import { iso } from '../../domain/iso.ts';
import { createProviders } from '../../providers/create.ts';
import type { Records } from '../../records/interface.ts';
import type { Hold } from '../../records/ports/installation.ts';
import type { OpenBooking } from '../../records/ports/look.ts';
import { badUsage, CliFailure } from '../failure.ts';
import { jsonOf, plain } from '../foreign.ts';
import { type Asking, type LostCall, lostCallsOf } from './lost-calls.ts';
import { noteAtTerminal } from './note.ts';
import { onDatabase } from './open.ts';

export interface ResumeFlags {
  reconciled?: boolean;
  withoutCheck?: boolean;
  json?: boolean;
}

interface Found {
  /** Open bookings. */
  open: number;
  /** Those of other accounts, about which nobody was asked. */
  elsewhere: number;
  lost: LostCall[];
}

const PAGE = 200;

/** `vocero resume-dialing`. Returns the exit code: 1 while dialing stays held. */
export const runResume = (flags: ResumeFlags): Promise<number> => {
  if (flags.reconciled && flags.withoutCheck)
    throw badUsage('Give --reconciled or --without-check, not both: the first one asks the providers.');
  return onDatabase(async (records, config) => {
    const { hold } = await records.installation();
    if (!hold) {
      say(flags, { held: false }, ['Dialing is not held.']);
      return 0;
    }
    const found = flags.withoutCheck ? undefined : await askProviders(records, config);
    const resumes = flags.reconciled === true || flags.withoutCheck === true;
    if (resumes) {
      for (const call of found?.lost ?? []) await records.adoptDial(call);
      await records.resumeDialing(iso(Date.now()));
      await noteAtTerminal(records, 'resume_dialing');
    }
    say(flags, { held: !resumes, ...hold, ...found }, words(hold, found, resumes));
    return resumes ? 0 : 1;
  });
};

async function askProviders(records: Records, config: Config): Promise<Found> {
  const asking: Asking = { ...createProviders(config), accounts: accountsOf(config), records };
  const found: Found = { open: 0, elsewhere: 0, lost: [] };
  for await (const booking of openBookings(records)) {
    found.open += 1;
    const lost = await lostCallsOf(asking, booking).catch((error: unknown) => {
      throw notAnswered(error);
    });
    if (lost) found.lost.push(...lost);
    else found.elsewhere += 1;
  }
  return found;
}

const notAnswered = (error: unknown): CliFailure =>
  new CliFailure(
    `Dialing stays held, because a provider did not answer: ${error instanceof Error ? error.message : String(error)}. Try again, or check the providers’ lists of calls yourself and use --without-check.`,
    1,
    { code: 'provider_unreachable' },
  );

async function* openBookings(records: Records): AsyncGenerator<OpenBooking> {
  for (const status of ['queued', 'in_progress'] as const) {
    let after: { created_at: string; id: string } | undefined;
    for (;;) {
      const page = await records.openBookings({ status, accepted_before: iso(Date.now()), after, limit: PAGE });
      yield* page;
      if (page.length < PAGE) break;
      const { created_at, id } = page.at(-1)!.order;
      after = { created_at, id };
    }
  }
}

function words(hold: Hold, found: Found | undefined, resumes: boolean): string[] {
  const until = hold.used_until ? ` It was last in use at ${hold.used_until}.` : '';
  const lines = [`Dialing was held at ${hold.held_at}: ${hold.why}.${until}`];
  if (found) lines.push(...wordsOf(found));
  if (resumes) {
    if (found && found.lost.length > 0)
      lines.push('Their bookings are not dialed again: Vocero finds out from the providers how these calls ended.');
    return [...lines, 'Dialing goes on. Bookings that waited are dialed within a minute, in their calling hours.'];
  }
  return [
    ...lines,
    'Nothing was changed. First make sure that no other installation works on these bookings. Then:',
    '  vocero resume-dialing --reconciled      ask the providers again, keep what they know, and resume',
    '  vocero resume-dialing --without-check   resume, because you have checked the calls yourself',
    'Bookings that were accepted after the backup are not in this database: a client that repeats one books it again.',
  ];
}

function wordsOf({ open, elsewhere, lost }: Found): string[] {
  const others = elsewhere > 0 ? ` ${elsewhere} of them belong to other accounts; nobody was asked about these.` : '';
  return [
    `${open} bookings are open.${others} The providers know ${lost.length} calls of them that the database does not know.`,
    ...lost.map(({ call_id, at, found_at }) => `  ${call_id}  ${at}  ${found_at}`),
  ];
}

function say(flags: ResumeFlags, document: object, lines: readonly string[]): void {
  if (flags.json) console.log(jsonOf(document, 2));
  else for (const line of lines) console.log(plain(line));
}
