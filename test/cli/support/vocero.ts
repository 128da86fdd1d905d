import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inherited } from '../../e2e/support/process.ts';

const LAUNCHER = fileURLToPath(new URL('../../../processes/vocero.mjs', import.meta.url));

/** What a command printed, and how it ended. */
export interface Said {
  code: number | string;
  out: string;
  err: string;
  /** Standard output, as the one JSON document that `--json` promises. */
  json(): Record<string, unknown>;
}

export interface RunningCommand {
  readonly said: Promise<Said>;
  /** What it has printed so far, on both. */
  so_far(): string;
  /** The whole lines so far of standard output alone. */
  lines(): string[];
  signal(signal: NodeJS.Signals): void;
  /** Writes to its standard input, if it has one. */
  write(text: string): void;
  /** Ends its standard input. */
  endInput(): void;
}

/** Gives a command to the launcher, as a script does: without a terminal, in a folder without settings but these. */
export function begin(
  args: readonly string[],
  folder: string,
  env: Record<string, string> = {},
  stdin: 'ignore' | 'pipe' = 'ignore',
): RunningCommand {
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    cwd: folder,
    env: { ...inherited(), NO_COLOR: '1', ...env },
    stdio: [stdin, 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout!.on('data', (text: Buffer) => {
    out += text.toString();
  });
  child.stderr!.on('data', (text: Buffer) => {
    err += text.toString();
  });
  const said = once(child, 'close').then(([code, signal]) => ({
    code: (code as number | null) ?? String(signal),
    out,
    err,
    json: () => {
      try {
        return JSON.parse(out) as Record<string, unknown>;
      } catch {
        throw new Error(`no JSON document:\n${out}\n${err}`);
      }
    },
  }));
  return {
    said,
    so_far: () => out + err,
    lines: () => out.split('\n').slice(0, -1),
    signal: (signal) => void child.kill(signal),
    write: (text) => void child.stdin?.write(text),
    endInput: () => void child.stdin?.end(),
  };
}

/** The same, to its end. */
export const vocero = (args: readonly string[], folder: string, env?: Record<string, string>): Promise<Said> =>
  begin(args, folder, env).said;
