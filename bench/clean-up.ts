import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** 128 + SIGINT, as a shell would say it. */
const INTERRUPTED = 130;

/** What a benchmark started and leaves behind: its folder, and what has to be stopped, however the run ends. */
export class CleanUp {
  readonly folder: string;
  readonly #keepLogs: boolean;
  readonly #owed = new Set<() => Promise<unknown>>();
  #ending: Promise<void> | undefined;

  /** `prefix`: of the folder's name. From now on SIGINT and SIGTERM end the run. */
  constructor(prefix: string, keepLogs = false) {
    this.#keepLogs = keepLogs;
    this.folder = mkdtempSync(join(tmpdir(), prefix));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void this.end(INTERRUPTED));
  }

  /** To be stopped at the end, the last first; the function returned takes that back. */
  owe(undo: () => Promise<unknown>): () => void {
    this.#owed.add(undo);
    return () => this.#owed.delete(undo);
  }

  /** What fails from now on is cut off, which is no news. */
  get ending(): boolean {
    return this.#ending !== undefined;
  }

  /** Stops what was started, and the process with it; the logs stay when something went wrong, or when they are wanted. */
  end(code: number): Promise<void> {
    this.#ending ??= (async () => {
      for (const undo of [...this.#owed].reverse()) await undo().catch((error: unknown) => console.error(error));
      if (code === 1 || this.#keepLogs) console.error(`  logs: ${this.folder}`);
      else rmSync(this.folder, { recursive: true, force: true });
      process.exit(code);
    })();
    return this.#ending;
  }
}
