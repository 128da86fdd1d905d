import type { Command } from 'commander';

const CODES = `
Exit codes: 0 confirmed; 4 nobody confirmed, or decide_by passed; 6 canceled; 7 no channel worked;
8 result of a simulation; 1 the command failed; 2 bad usage; 130 Ctrl-C (the shortlist goes on).`;

type Ending = <A extends unknown[]>(work: (...args: A) => Promise<number>) => (...args: A) => Promise<void>;

/** Adds `vocero shortlist …`. */
export function shortlistCommands(program: Command, ending: Ending, where: string): void {
  const shortlist = program
    .command('shortlist')
    .description('ask several businesses for the same, one after the other, until one confirms');
  shortlist
    .command('start')
    .description('place a shortlist and follow it to its outcome')
    .option('--candidate <name=number...>', 'a business and its number, like "Clínica Sur=+541143211234"; in order')
    .option('--service <what>', 'purpose of the appointment')
    .option('--user <name>', 'in whose name')
    .option('--date <day>', 'preferred day, in words or as a date')
    .option('--time <time>', 'preferred time')
    .option('--requests <text>', 'special requests')
    .option('--language <code>', 'language of the calls: es, en, …')
    .option('--decide-by <time>', 'no call after it: 2026-12-01T18:00, on the clock of the first business')
    .option('--callback-url <url>', 'a URL that receives the outcome')
    .option('--meta <name=value...>', 'metadata; may be repeated')
    .option('--file <path>', 'read the whole body as JSON instead of the flags; - is standard input')
    .option('--idempotency-key <key>', 'a repeat with the same key and body finds the same shortlist')
    .option('--no-wait', 'print the shortlist’s id and end')
    .option('--json', 'print the shortlist as one JSON document at its end')
    .addHelpText('after', `${where}${CODES}`)
    .action(ending(async (flags) => (await import('./start.ts')).startShortlist(flags)));
  shortlist
    .command('watch <id>')
    .description('follow a shortlist from its first event to its outcome')
    .option('--json', 'print each event as one line of JSON')
    .addHelpText('after', `${where}${CODES}`)
    .action(ending(async (id, flags) => (await import('./watch.ts')).watchShortlist(id, flags)));
  shortlist
    .command('cancel <id>')
    .description('cancel a shortlist; a live call is hung up, and nobody else is called')
    .option('--json', 'print the shortlist as one JSON document')
    .addHelpText('after', where)
    .action(ending(async (id, flags) => (await import('./watch.ts')).cancelShortlist(id, flags)));
  shortlist
    .command('list')
    .description('list shortlists, newest first')
    .option('--limit <n>', 'number of shortlists')
    .option('--cursor <cursor>', 'next_cursor of the previous page')
    .option('--json', 'print one JSON document')
    .addHelpText('after', where)
    .action(ending(async (flags) => (await import('./list.ts')).listShortlists(flags)));
}
