import { spawn } from 'node:child_process';

/** Characters in a line; a README shows pictures about that wide. */
export const COLUMNS = 104;
export const ROWS = 60;

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/**
 * Runs a program on a terminal of its own, as a person would, and returns every byte that it wrote to it. `script` of util-linux
 * makes the terminal. Rejects when that is not there, and when the program ends with another code than the expected one: what it
 * shows then is no picture of what it does.
 */
export function onTerminal(
  command: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  expected = 0,
): Promise<Buffer> {
  const line = `stty cols ${COLUMNS} rows ${ROWS}; exec ${command.map(quoted).join(' ')}`;
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
      cwd,
      env: { ...env, TERM: 'xterm-256color', SHELL: '/bin/sh' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const written: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => written.push(bytes));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const all = Buffer.concat(written);
      if (code === expected) resolve(all);
      else reject(new Error(`${command.join(' ')} ended with ${code ?? signal}, not ${expected}:\n${all}`));
    });
  });
}
