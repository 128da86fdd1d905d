import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FromChild, ToChild } from './messages.ts';

/** A measured process: it runs one worker (and, for the product, the API) and nothing of the bench's own load. */
export class Child {
  /** Called for each activity that the process saw running: its workflow's id and the machine's time. */
  onSeen: ((workflowId: string, at: number) => void) | undefined;
  private readonly process: ChildProcess;
  private readonly waiting: ((message: FromChild) => boolean)[] = [];
  private stopping = false;

  private constructor(process: ChildProcess) {
    this.process = process;
    process.on('message', (message: FromChild) => {
      if ('seen' in message) return this.onSeen?.(message.seen, message.at);
      const taker = this.waiting.findIndex((takes) => takes(message));
      if (taker >= 0) this.waiting.splice(taker, 1);
    });
  }

  /**
   * Starts `file` (relative to this folder) and waits until it is ready. What it prints goes to `log`; `lost` is told when
   * it ends unasked.
   */
  static async start(
    file: string,
    env: Record<string, string>,
    log: string,
    lost: (error: Error) => void,
  ): Promise<Child> {
    const output = openSync(log, 'a');
    const inherited = Object.fromEntries(
      ['PATH', 'HOME', 'NODE_OPTIONS'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    );
    // Only what is named here: variables of a real account must not turn a bench into phone calls.
    const forked = fork(fileURLToPath(new URL(file, import.meta.url)), {
      env: { ...inherited, ...env },
      stdio: ['ignore', output, output, 'ipc'],
    });
    const child = new Child(forked);
    const ended = once(forked, 'exit').then(([code, signal]) => {
      if (!child.stopping) throw new Error(`${file} ended by itself (${signal ?? code}); its output is in ${log}`);
    });
    await Promise.race([child.next((message) => 'ready' in message), ended]);
    // From now on its end would leave the bench waiting for ever.
    ended.catch(lost);
    return child;
  }

  private next(wanted: (message: FromChild) => boolean): Promise<FromChild> {
    return new Promise((resolve) => {
      this.waiting.push((message) => {
        if (!wanted(message)) return false;
        resolve(message);
        return true;
      });
    });
  }

  private ask(message: ToChild): void {
    this.process.send(message);
  }

  /** User and system time that the process has used so far. */
  async cpuSeconds(): Promise<number> {
    const answer = this.next((message) => 'cpuSeconds' in message);
    this.ask({ ask: 'cpu' });
    const message = await answer;
    return 'cpuSeconds' in message ? message.cpuSeconds : Number.NaN;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.ask({ ask: 'stop' });
    await ended;
  }
}
