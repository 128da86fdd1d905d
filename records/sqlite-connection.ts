import { Worker } from 'node:worker_threads';

interface Answer {
  id: number;
  rows?: unknown[];
  /** For a statement that returns no rows. */
  changes?: number | bigint;
  insertId?: number | bigint;
  error?: { message: string; code?: string; errcode?: number; errstr?: string };
}

type Done = Pick<Answer, 'changes' | 'insertId'> & { rows: unknown[] };

interface Bounds {
  answerMs: number | undefined;
}

interface Waiting {
  resolve(answer: Done): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout | undefined;
}

/** The thread's first answer reports the opening. */
const OPENED = 0;

/**
 * A SQLite file on its own thread (`sqlite-thread.mjs`), which executes requests in order. It keeps this process alive only while a request
 * is pending. Errors carry SQLite's `errcode`; a thread that has ended fails pending requests with `ERR_SQLITE_THREAD`.
 */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #bounds: Bounds;
  #asked = OPENED;
  #open = true;
  #preceding: string[] = [];

  private constructor(path: string, bounds: Bounds) {
    this.#bounds = bounds;
    this.#worker = new Worker(new URL('sqlite-thread.mjs', import.meta.url), {
      workerData: { path },
      // Its heap holds one answer at a time. The main thread's options do not apply to it.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
      execArgv: [],
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => this.#take(answer));
    this.#worker.on('error', (error: Error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(ended()));
  }

  /** Rejects with SQLite's own error when the file cannot be opened. */
  static async open(path: string, bounds: Bounds): Promise<SqliteThread> {
    const thread = new SqliteThread(path, bounds);
    await thread.#answer(OPENED);
    return thread;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  ask(sql: string, parameters: readonly unknown[]): Promise<Done> {
    return this.#send({ sql, parameters });
  }

  /**
   * Executes a statement without rows or parameters right before the next request, which fails with its error. Going to the thread and back
   * costs more than most statements.
   */
  precede(sql: string): void {
    this.#preceding.push(sql);
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    await this.#send({ close: true });
    this.#open = false;
    await this.#worker.terminate();
  }

  #send(question: object): Promise<Done> {
    if (!this.#open) return Promise.reject(ended());
    const id = ++this.#asked;
    const answer = this.#answer(id);
    this.#worker.postMessage({ id, preceding: this.#preceding, ...question });
    this.#preceding = [];
    return answer;
  }

  #answer(id: number): Promise<Done> {
    if (this.#waiting.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => {
      const { answerMs } = this.#bounds;
      const timer = answerMs === undefined ? undefined : setTimeout(() => this.#take({ id, error: SILENT }), answerMs);
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }

  /** An answer after its time finds no pending request. The thread keeps the order all the same. */
  #take({ id, error, rows = [], changes, insertId }: Answer): void {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (error) waiting?.reject(Object.assign(new Error(error.message), error));
    else waiting?.resolve({ rows, ...(changes === undefined ? {} : { changes, insertId }) });
  }

  #end(error: Error): void {
    this.#open = false;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
  }
}

const SILENT = { message: 'the database did not answer in time', code: 'ERR_SQLITE_SILENT' };

const ended = (): Error =>
  Object.assign(new Error('the thread of the database has ended'), { code: 'ERR_SQLITE_THREAD' });
