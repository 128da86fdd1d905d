/**
 * Runs one program and ends it when our parent is gone. The parent holds the other end of this process's standard input; the system
 * closes it however the parent dies, SIGKILL included. It is in a separate process group and so gets no Ctrl-C, so the server outlives the
 * worker's draining.
 *
 *   node keeper.mjs LOG_FILE PROGRAM ARGUMENT…       prints the program's process id
 */
import { spawn } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';

// The program's database and log contain names and numbers: they are for this user alone.
process.umask(0o077);
const [logFile, program, ...args] = process.argv.slice(2);
const log = openSync(logFile, 'a');
const child = spawn(program, args, { stdio: ['ignore', log, log] });
/** Temporal's server stops in about a second. */
const PATIENCE_MS = 5_000;

let ending = false;
function end() {
  if (ending) return;
  ending = true;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
}

child.once('error', (error) => {
  writeSync(log, `${program}: ${error.message}\n`);
  process.exit(1);
});
child.once('spawn', () => process.stdout.write(`${child.pid}\n`));
child.once('exit', (code) => process.exit(code ?? 1));
process.stdin.once('close', end).resume();
// The reader of our standard output may be gone, too.
process.stdout.on('error', end);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end);
