import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config/error.ts';
import { ProgramNotFound } from '../temporal/sources.ts';
import { CliFailure, USAGE } from './failure.ts';

/** Ends the process when a command has its exit code; a command that runs on (start) ends it itself. */
const ending =
  <A extends unknown[]>(work: (...args: A) => Promise<number>) =>
  async (...args: A): Promise<void> => {
    process.exitCode = await work(...args);
  };

function commands(): Command {
  const program = new Command('vocero')
    .description('Phones a business on someone’s behalf and comes back with an appointment.')
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true });

  program
    .command('start')
    .description('run everything in this process; npm start sets up what is missing first')
    .action(async () => (await import('./start.ts')).run());

  program
    .command('provision')
    .description('set up both providers’ accounts; run it as often as you like')
    .option('--dry-run', 'show what would change, field by field, and change nothing')
    .option('--adopt', 'take over agents and tools that have our names and were not made by us')
    .option('--env-file <path>', 'where the results are written (default: .env)')
    .option('--print', 'print the results, secrets too, instead of writing them')
    .option('--json', 'print one JSON document')
    .action(ending(async (flags) => (await import('./provision.ts')).runProvision(flags)));

  return program;
}

/** Runs one command. Errors that a reader can put right are said plainly, on stderr. */
export async function run(args: readonly string[]): Promise<void> {
  try {
    await commands().parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : USAGE;
      return;
    }
    const { ProvisionError } = await import('../provision/error.ts');
    const plain = [CliFailure, ConfigError, ProgramNotFound, ProvisionError].some((kind) => error instanceof kind);
    console.error(plain ? `${(error as Error).message}` : error);
    process.exitCode = error instanceof CliFailure ? error.exitCode : 1;
  }
}
