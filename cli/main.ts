import { Command } from 'commander';
import { VERSION } from '../config/version.ts';
import { PHONE, PHONE_CHANNELS, type PhoneChannel } from '../domain/channels.ts';
import { batchCommands } from './batch/commands.ts';
import { shortlistCommands } from './shortlist/commands.ts';

/** Sets the process's exit code from the command's; a command that keeps running (start) ends the process itself. */
const ending =
  <A extends unknown[]>(work: (...args: A) => Promise<number>) =>
  async (...args: A): Promise<void> => {
    process.exitCode = await work(...args);
  };

const EXIT_CODES = `
Exit codes: 0 confirmed; 3 declined, no availability, callback requested; 4 nobody reached; 5 needs a review; 6 canceled;
7 no channel worked; 8 result of a simulation; 1 the command failed; 2 bad usage; 130 Ctrl-C (the booking goes on).`;

const WHERE = `
Uses the Vocero that runs on this DATA_DIR, or the one that VOCERO_URL and VOCERO_KEY name.`;

const JUDGE = `
One talk: { "id", "timezone", "called_at", "request": { "service_type", "user_name", … }, "turns": [ { "role", "message" } ],
"report": { "result", "confirmed_date", "confirmed_time" } | null, "analysis"?, "truth"?, "kind"? }. docs/cli.md explains each.
Exit codes: 0 done; 1 a talk was confirmed against its truth; 2 a line or a file could not be read.`;

const MORE = `
Begin with npm start, then run npx vocero book. Settings come from the environment and from .env; .env.example explains each.
docs/cli.md explains the commands in full.`;

/** Switches off a channel that is on by default, or on one that is off. */
function channelOption(channel: PhoneChannel): [flag: string, description: string] {
  const { letter, about, defaults } = PHONE[channel];
  return defaults.enabled
    ? [`--no-${channel}`, `do not use channel ${letter}: ${about}`]
    : [`--${channel}`, `use channel ${letter}: ${about}`];
}

/** `vocero start`. It ends the process itself. The caller passes it in, so that this room need not import the rooms that it starts. */
export type Start = (flags: { json?: boolean }) => Promise<void>;

/** `began` receives the name of the command that begins. */
function commands(start: Start, began: (name: string) => void): Command {
  const program = new Command('vocero')
    .description('Calls a business on someone’s behalf and comes back with an appointment.')
    .version(VERSION)
    .addHelpText('after', MORE)
    .exitOverride()
    .showSuggestionAfterError()
    .hook('preAction', (_, command) => began(command.name()));

  program
    .command('start')
    .description('run everything in this process (npm start also sets up what is missing)')
    .option('--json', 'print each step as one line of JSON (wait for "type":"ready"); logs go to standard error')
    .action(start);

  const book = program
    .command('book')
    .description('place a booking and follow it to its outcome; asks for missing values')
    .option('--business <name>', 'the business to call (required)')
    .option('--phone <number>', 'its number, like +541143211234 (required)')
    .option('--service <what>', 'purpose of the appointment (required)')
    .option('--user <name>', 'in whose name (required)')
    .option('--date <day>', 'preferred day, in words or as a date')
    .option('--time <time>', 'preferred time')
    .option('--requests <text>', 'special requests')
    .option('--language <code>', 'language of the call: es, en, …')
    .option('--timezone <zone>', 'time zone of the business; default: that of its number');
  for (const channel of PHONE_CHANNELS) book.option(...channelOption(channel));
  book
    .option('--no-simulation', 'do not use channel C: the simulation')
    .option('--scenario <text>', 'the receptionist’s answer in a simulation')
    .option('--callback-url <url>', 'a URL that receives the outcome')
    .option(
      '--not-before <time>',
      'no call before it: 2026-12-01T09:00, on the clock of the business, or with an offset',
    )
    .option('--not-after <time>', 'no call after it')
    .option('--opening-hours <hours>', 'hours of the business: mon-fri 09:00-13:00; sat 09:00-12:00')
    .option('--acceptable-dates <days>', 'days that may be taken: 2026-12-01..2026-12-10,2026-12-14')
    .option('--acceptable-days <weekdays>', 'weekdays that may be taken: mon-fri or tue,thu')
    .option('--acceptable-times <times>', 'starts that may be taken: 09:00-13:00,16:00-18:00')
    .option('--no-callback', 'do not call at a time that the business asks for')
    .option('--max-callbacks <n>', 'calls at such times (default: 1)')
    .option('--callback-within <hours>', 'no such call later than this (default: 72)')
    .option('--meta <name=value...>', 'metadata; may be repeated')
    .option('--file <path>', 'read the whole body as JSON instead of the flags; - is standard input')
    .option('--idempotency-key <key>', 'a repeat with the same key and body finds the same booking')
    .option('--no-wait', 'print the booking’s id and end')
    .option('--json', 'print the booking as one JSON document at its end')
    .addHelpText('after', `${WHERE}${EXIT_CODES}`)
    .action(ending(async (flags) => (await import('./book.ts')).runBook(flags)));

  program
    .command('watch <id>')
    .description('follow a booking from its first event to its outcome')
    .option('--json', 'print each event as one line of JSON')
    .addHelpText('after', `${WHERE}${EXIT_CODES}`)
    .action(ending(async (id, flags) => (await import('./watch.ts')).runWatch(id, flags)));

  program
    .command('list')
    .description('list bookings, newest first')
    .option('--status <status>', 'queued, in_progress, completed, failed, needs_review or canceled')
    .option('--limit <n>', 'number of bookings')
    .option('--cursor <cursor>', 'next_cursor of the previous page')
    .option('--json', 'print one JSON document')
    .addHelpText('after', WHERE)
    .action(ending(async (flags) => (await import('./list.ts')).runList(flags)));

  program
    .command('cancel <id>')
    .description('cancel a booking; a live call is hung up')
    .option('--json', 'print the booking as one JSON document')
    .addHelpText('after', WHERE)
    .action(ending(async (id, flags) => (await import('./cancel.ts')).runCancel(id, flags)));

  batchCommands(program, ending, WHERE);

  shortlistCommands(program, ending, WHERE);

  program
    .command('calendar <id>')
    .description('print the calendar file (.ics) of a confirmed booking')
    .option('--output <path>', 'write it to this file instead')
    .addHelpText('after', WHERE)
    .action(ending(async (id, flags) => (await import('./calendar.ts')).runCalendar(id, flags)));

  program
    .command('mcp')
    .description('serve an assistant over the Model Context Protocol, on standard input and output')
    .addHelpText('after', `${WHERE}\ndocs/assistants.md has the configuration of the usual assistants.`)
    .action(ending(async () => (await import('./mcp.ts')).runMcp()));

  program
    .command('judge <file...>')
    .description(
      'judge recorded talks as the product does, one JSON object per line; calls nobody. - is standard input',
    )
    .option('--figures', 'print only the figures and the wrong confirmations')
    .option('--json', 'print each decision as one line of JSON; the figures go to standard error')
    .addHelpText('after', JUDGE)
    .action(ending(async (files, flags) => (await import('./judge/run.ts')).runJudge(files, flags)));

  program
    .command('provision')
    .description('set up both providers’ accounts; may be repeated at any time')
    .option('--dry-run', 'show what would change, field by field, and change nothing')
    .option('--adopt', 'take over agents and tools that have our names but were created by somebody else')
    .option('--write-to <path>', 'the file to write the results to (default: .env)')
    .option('--print', 'print the results, including secrets, instead of writing them')
    .option('--json', 'print one JSON document')
    .action(ending(async (flags) => (await import('./provision.ts')).runProvision(flags)));

  program
    .command('doctor')
    .description(
      'check settings, accounts, addresses, signatures, agents, Temporal and the database, and say what to fix',
    )
    .option('--json', 'print one JSON document')
    .action(ending(async (flags) => (await import('./doctor/run.ts')).runDoctor(flags)));

  program
    .command('hold-dialing')
    .description('let no dial leave until resume-dialing; run it on a restored database before the first start')
    .option('--why <text>', 'a reason, for other operators')
    .option('--json', 'print one JSON document')
    .action(ending(async (flags) => (await import('./dialing/hold.ts')).runHold(flags)));

  program
    .command('resume-dialing')
    .description('say why dialing is held and which calls the database has lost; with a flag, end the hold')
    .option('--reconciled', 'keep the lost calls that the providers know, so that none is dialed again, and resume')
    .option('--without-check', 'resume without a question to the providers')
    .option('--json', 'print one JSON document')
    .action(ending(async (flags) => (await import('./dialing/resume.ts')).runResume(flags)));

  return program;
}

/** Runs one command and reports its failure, whichever command it is. */
export async function run(args: readonly string[], start: Start): Promise<void> {
  // The reader may stop reading (`| head`); the command goes on all the same.
  for (const out of [process.stdout, process.stderr]) out.on('error', () => {});
  let command = '';
  const began = (name: string): void => {
    command = name;
  };
  try {
    await commands(start, began).parseAsync([...args], { from: 'user' });
  } catch (error) {
    const { report } = await import('./report.ts');
    process.exitCode = report(error, command, args.includes('--json'));
  }
}
