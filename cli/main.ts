import { createRequire } from 'node:module';
import { Command } from 'commander';
import { PHONE, PHONE_CHANNELS, type PhoneChannel } from '../domain/channels.ts';

/** Ends the process when a command has its exit code; a command that runs on (start) ends it itself. */
const ending =
  <A extends unknown[]>(work: (...args: A) => Promise<number>) =>
  async (...args: A): Promise<void> => {
    process.exitCode = await work(...args);
  };

const EXIT_CODES = `
Exit codes: 0 confirmed; 3 declined, no availability, call back; 4 nobody reached; 5 needs a review; 6 canceled;
7 no channel works; 8 a simulation’s result; 1 the command failed; 2 bad usage; 130 Ctrl-C (the booking goes on).`;

const WHERE = `
Speaks to the Vocero that runs on this DATA_DIR; VOCERO_URL and VOCERO_KEY lead to another one.`;

const JUDGE = `
A talk: { "id", "timezone", "called_at", "request": { "service_type", "user_name", … }, "turns": [ { "role", "message" } ],
"report": { "result", "confirmed_date", "confirmed_time" } | null, "analysis"?, "truth"?, "kind"? }. docs/cli.md explains each.
Exit codes: 0 done; 1 a talk was confirmed that its truth does not confirm; 2 a line or a file could not be read.`;

const MORE = `
Begin with npm start, then: npx vocero book. Settings come from the environment and from .env; .env.example explains each.
docs/cli.md has the rest.`;

/** package.json has it, once. */
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** Leaves out a channel that is on by default, or puts one in that is off. */
function channelOption(channel: PhoneChannel): [flag: string, description: string] {
  const { letter, about, defaults } = PHONE[channel];
  return defaults.enabled
    ? [`--no-${channel}`, `leave channel ${letter} out, ${about}`]
    : [`--${channel}`, `use channel ${letter}, ${about}`];
}

/** `vocero start`. It ends the process itself; whoever runs the commands brings it, with all the rooms that it starts. */
export type Start = (flags: { json?: boolean }) => Promise<void>;

/** `began` is told which command it is that begins. */
function commands(start: Start, began: (name: string) => void): Command {
  const program = new Command('vocero')
    .description('Phones a business on someone’s behalf and comes back with an appointment.')
    .version(version)
    .addHelpText('after', MORE)
    .exitOverride()
    .showSuggestionAfterError()
    .hook('preAction', (_, command) => began(command.name()));

  program
    .command('start')
    .description('run everything in this process; npm start sets up what is missing first')
    .option('--json', 'print each step as a line of JSON: wait for "type":"ready"; logs go to standard error')
    .action(start);

  const book = program
    .command('book')
    .description('place a booking and follow it to its outcome; asks for what is missing')
    .option('--business <name>', 'the business to phone (needed)')
    .option('--phone <number>', 'its number, as +541143211234 (needed)')
    .option('--service <what>', 'what the appointment is for (needed)')
    .option('--user <name>', 'on whose behalf (needed)')
    .option('--date <day>', 'preferred day, in words or as a date')
    .option('--time <time>', 'preferred time')
    .option('--requests <text>', 'special requests')
    .option('--language <code>', 'es, en, …')
    .option('--timezone <zone>', 'of the business; default: that of its number');
  for (const channel of PHONE_CHANNELS) book.option(...channelOption(channel));
  book
    .option('--no-simulation', 'leave channel C out, the simulation')
    .option('--scenario <text>', 'what the receptionist of a simulation answers')
    .option('--callback-url <url>', 'a URL that is told the outcome')
    .option('--meta <name=value...>', 'metadata, as often as wanted')
    .option('--file <path>', 'the whole body as JSON, instead of the flags; - is standard input')
    .option('--idempotency-key <key>', 'the same key and body find the same booking')
    .option('--no-wait', 'print the booking’s id and end')
    .option('--json', 'print the booking as one JSON document, at its end')
    .addHelpText('after', `${WHERE}${EXIT_CODES}`)
    .action(ending(async (flags) => (await import('./book.ts')).runBook(flags)));

  program
    .command('watch <id>')
    .description('follow a booking, from its first event on, to its outcome')
    .option('--json', 'print each event as a line of JSON')
    .addHelpText('after', `${WHERE}${EXIT_CODES}`)
    .action(ending(async (id, flags) => (await import('./watch.ts')).runWatch(id, flags)));

  program
    .command('list')
    .description('list bookings, newest first')
    .option('--status <status>', 'queued, in_progress, completed, failed, needs_review or canceled')
    .option('--limit <n>', 'how many')
    .option('--cursor <cursor>', 'next_cursor of the page before')
    .option('--json', 'print one JSON document')
    .addHelpText('after', WHERE)
    .action(ending(async (flags) => (await import('./list.ts')).runList(flags)));

  program
    .command('cancel <id>')
    .description('cancel a booking; a live call is hung up')
    .option('--json', 'print the booking as one JSON document')
    .addHelpText('after', WHERE)
    .action(ending(async (id, flags) => (await import('./cancel.ts')).runCancel(id, flags)));

  program
    .command('judge <file...>')
    .description(
      'judge recorded talks, one JSON object a line, as the product does; phones nobody. - is standard input',
    )
    .option('--figures', 'print the figures only, and what was confirmed wrongly')
    .option('--json', 'print each decision as a line of JSON; the figures go to standard error')
    .addHelpText('after', JUDGE)
    .action(ending(async (files, flags) => (await import('./judge/run.ts')).runJudge(files, flags)));

  program
    .command('provision')
    .description('set up both providers’ accounts; run it as often as you like')
    .option('--dry-run', 'show what would change, field by field, and change nothing')
    .option('--adopt', 'take over agents and tools that have our names and were not made by us')
    .option('--write-to <path>', 'the file that the results are written to (default: .env)')
    .option('--print', 'print the results, secrets too, instead of writing them')
    .option('--json', 'print one JSON document')
    .action(ending(async (flags) => (await import('./provision.ts')).runProvision(flags)));

  program
    .command('doctor')
    .description('check accounts, addresses, signatures, agents, Temporal and the database, and say what to fix')
    .option('--json', 'print one JSON document')
    .action(ending(async (flags) => (await import('./doctor/run.ts')).runDoctor(flags)));

  return program;
}

/** Runs one command. What goes wrong is told here, whichever command it is. */
export async function run(args: readonly string[], start: Start): Promise<void> {
  // Whoever reads may stop reading (`| head`): that is no reason to break off what is being done.
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
