import { CommanderError } from 'commander';
import { ConfigError } from '../config/error.ts';
import { ProvisionError } from '../provision/error.ts';
import { ProgramNotFound } from '../temporal/sources.ts';
import { CliFailure, USAGE } from './failure.ts';
import { jsonOf, plainError, plainLines } from './foreign.ts';

/** A failure for a person, for a script, and for the shell. */
interface Told {
  /** undefined: the message has already been printed. */
  words?: string | undefined;
  document: { code: string; message: string; [more: string]: unknown };
  exitCode: number;
}

/**
 * Prints why a command failed: in words on standard error and, with `--json`, as a document on standard output. The failures of
 * every command pass here.
 * @param command its name; '' if it is not known yet
 * @returns the exit code.
 */
export function report(error: unknown, command: string, json: boolean): number {
  const { words, document, exitCode } = tell(error, command);
  if (words !== undefined) console.error(words);
  if (json && exitCode !== 0) console.log(jsonOf({ error: document }));
  return exitCode;
}

function tell(error: unknown, command: string): Told {
  if (error instanceof CommanderError) {
    const message = error.code === 'commander.help' ? 'no command was given' : error.message.replace(/^error: /, '');
    return { document: { code: 'usage', message }, exitCode: error.exitCode === 0 ? 0 : USAGE };
  }
  if (error instanceof CliFailure) {
    const { message, about, exitCode } = error;
    const words = message === '' ? undefined : plainLines(message);
    const { code, ...more } = about;
    return { words, document: { code, message: message.trim() || 'interrupted', ...more }, exitCode };
  }
  if (error instanceof ConfigError) {
    const starts = command === 'start';
    const message = error.keeping(starts ? 'Vocero cannot start' : `vocero ${command} cannot go on`);
    const document = { code: 'configuration', message, settings: error.problems };
    return { words: plainLines(starts ? `\n${message}\n` : message), document, exitCode: 1 };
  }
  if (error instanceof ProgramNotFound) {
    const { message } = error;
    return { words: plainLines(`\n${message}\n`), document: { code: 'program_not_found', message }, exitCode: 1 };
  }
  if (error instanceof ProvisionError) {
    const { message } = error;
    return { words: plainLines(message), document: { code: 'provision', message }, exitCode: 1 };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { words: plainError(error), document: { code: 'unexpected', message }, exitCode: 1 };
}
