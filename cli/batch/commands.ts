import type { Command } from 'commander';

const CODES = `
Exit codes: 0 an appointment for every row; 4 some rows have none; 5 some rows need a review; 6 canceled; 8 an appointment for every row, but some only simulated;
1 the command failed; 2 bad usage, or the table was refused; 130 Ctrl-C (the batch goes on).`;

type Ending = <A extends unknown[]>(work: (...args: A) => Promise<number>) => (...args: A) => Promise<void>;

const withSettings = (command: Command): Command =>
  command
    .option('--settings <path>', 'settings of the batch as JSON, as in POST /v1/batches; flags come on top')
    .option('--service <what>', 'purpose of the appointment, for rows that do not say it')
    .option('--user <name>', 'in whose name, for rows that do not say it')
    .option('--date <day>', 'preferred day')
    .option('--time <time>', 'preferred time')
    .option('--requests <text>', 'special requests')
    .option('--language <code>', 'language of the calls: es, en, …')
    .option('--country <code>', 'country of numbers without +, such as AR')
    .option('--on-invalid <policy>', 'reject (default): one invalid row refuses all; skip: the others run')
    .option('--duplicates <policy>', 'reject (default), skip or allow')
    .option('--json', 'print one JSON document');

/** Adds `vocero batch …`. */
export function batchCommands(program: Command, ending: Ending, where: string): void {
  const batch = program.command('batch').description('book for every row of a CSV file');
  withSettings(batch.command('check <file>'))
    .description('check a table, and say line by line what is wrong; calls nobody. - is standard input')
    .addHelpText('after', `${where}\nExit codes: 0 it would be accepted; 2 it would be refused; 1 the command failed.`)
    .action(ending(async (file, flags) => (await import('./check.ts')).runCheck(file, flags)));
  withSettings(batch.command('start <file>'))
    .description('check a table, start exactly what was checked, and follow it to its end')
    .option('--name <name>', 'name of the batch')
    .option('--not-before <time>', 'no call before it: 2026-12-01T09:00, on the clock of each business')
    .option('--not-after <time>', 'no call after it')
    .option('--max-concurrent <n>', 'calls at once, 1 to 100 (default: 5)')
    .option('--stop-after <share/last>', 'pause when so many of the last calls failed: 50%/20')
    .option('--callback-url <url>', 'a URL that receives batch.completed, or batch.canceled')
    .option('--meta <name=value...>', 'metadata; may be repeated')
    .option('--held', 'call nobody until vocero batch resume')
    .option('--check <digest>', 'run only what an earlier check saw: sha256:…')
    .option('--idempotency-key <key>', 'a repeat with the same key and table finds the same batch')
    .option('--no-wait', 'print the batch’s id and end')
    .addHelpText('after', `${where}${CODES}`)
    .action(ending(async (file, flags) => (await import('./start.ts')).runStart(file, flags)));
  batch
    .command('watch <id>')
    .description('follow a batch until every row is final')
    .option('--json', 'print each event as one line of JSON')
    .addHelpText('after', `${where}${CODES}`)
    .action(ending(async (id, flags) => (await import('./watch.ts')).runWatchBatch(id, flags)));
  batch
    .command('append <id> <file>')
    .description('check a table with the settings of a batch, add its new rows, and follow the batch')
    .option('--no-wait', 'add the rows and end')
    .option('--json', 'print one JSON document: added, known, and the batch at its end')
    .addHelpText('after', `${where}\nRows whose key the batch has are passed over. A completed batch goes on.${CODES}`)
    .action(ending(async (id, file, flags) => (await import('./append.ts')).appendToBatch(id, file, flags)));
  batch
    .command('list')
    .description('list batches, newest first')
    .option('--status <status>', 'held, scheduled, running, paused, canceling, completed or canceled')
    .option('--limit <n>', 'number of batches')
    .option('--cursor <cursor>', 'next_cursor of the previous page')
    .option('--json', 'print one JSON document')
    .addHelpText('after', where)
    .action(ending(async (flags) => (await import('./list.ts')).listBatches(flags)));
  const simple = (name: string, about: string): Command =>
    batch
      .command(`${name} <id>`)
      .description(about)
      .option('--json', 'print the batch as one JSON document')
      .addHelpText('after', where);
  simple('pause', 'call nobody else; live calls go on').action(
    ending(async (id, flags) => (await import('./control.ts')).pauseBatch(id, flags)),
  );
  simple('resume', 'go on with a paused batch, or start a held one').action(
    ending(async (id, flags) => (await import('./control.ts')).resumeBatch(id, flags)),
  );
  simple('cancel', 'cancel the rows that are not final; live calls may finish')
    .option('--hang-up', 'hang up live calls')
    .action(ending(async (id, flags) => (await import('./control.ts')).cancelBatch(id, flags)));
  batch
    .command('report <id>')
    .description('print all rows with their results as CSV')
    .option('--out <path>', 'write it to a file')
    .option('--semicolon', 'with semicolons, as a Spanish Excel expects it')
    .addHelpText('after', where)
    .action(ending(async (id, flags) => (await import('./control.ts')).reportBatch(id, flags)));
}
