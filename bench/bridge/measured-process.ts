import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { type Cpu, cpuOf, residentKib } from './proc.ts';

export interface Command {
  program: string;
  args: string[];
  env: Record<string, string>;
}

const UP_MS = 30_000;
const STOP_MS = 10_000;

/** Those that run now: whatever ends the bench ends them. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * One process under measurement. It listens on PORT, and ends when its standard input does: so it is also gone when the
 * bench is killed.
 */
export class MeasuredProcess {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #pid: number;

  private constructor(child: ChildProcess, pid: number, port: number) {
    this.#child = child;
    this.#pid = pid;
    this.port = port;
  }

  /** Resolves when it takes connections. Its output goes to `log`; `lost` is told when it ends unasked. */
  static async start(
    { program, args, env }: Command,
    port: number,
    log: string,
    lost: (error: Error) => void,
  ): Promise<MeasuredProcess> {
    const output = openSync(log, 'a');
    // Only what is named here: variables of a real account must not turn a bench into phone calls.
    const inherited = Object.fromEntries(
      ['PATH', 'HOME'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    );
    // A group of its own: a Ctrl-C in the terminal is the bench's to answer.
    const child = spawn(program, args, {
      env: { ...inherited, ...env, PORT: String(port) },
      stdio: ['pipe', output, output],
      detached: true,
    });
    closeSync(output);
    running.add(child);
    child.stdin?.on('error', () => {});
    child.once('exit', () => running.delete(child));
    const ended = new Promise<never>((_, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        reject(new Error(`a subject ended by itself (${signal ?? code}); see ${log}`)),
      );
    });
    ended.catch(() => {});
    await Promise.race([answers(port), ended]);
    const started = new MeasuredProcess(child, child.pid!, port);
    // From now on its end would leave the calls waiting.
    ended.catch((error: Error) => {
      if (!started.#stopping) lost(error);
    });
    return started;
  }

  #stopping = false;

  cpu(): Cpu {
    return cpuOf(this.#pid);
  }

  residentKib(): number {
    return residentKib(this.#pid);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(kill);
  }
}

async function answers(port: number): Promise<void> {
  const giveUp = Date.now() + UP_MS;
  while (!(await reaches(port))) {
    if (Date.now() > giveUp) throw new Error(`nothing listens on port ${port} after ${UP_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function reaches(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
