import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import type { House, Work } from './house.ts';
import type { Timeline } from './timeline.ts';

/** A workflow run. Its body lives as long as `gone` is false. */
export interface Run {
  id: string;
  /** Differs for each run of the same id. */
  run_id: string;
  kind: string;
  is: 'open' | 'closed' | 'gone';
  waiters: Set<{ isSo: () => boolean; resolve: (isSo: boolean) => void }>;
  /** What the run returned. */
  result?: unknown;
}

interface Options {
  /** Longest time of one attempt, and after which a silent process counts as dead; ms. */
  start_ms: number;
  heartbeat_ms: number;
  first_ms?: number;
  longest_ms?: number;
  /** Attempts; default: no end. */
  most?: number;
}

/** An activity that failed for good. `silent`: its process was not heard of. */
export class ActivityFailed extends Error {
  readonly silent: boolean;
  constructor(silent: boolean, cause: unknown) {
    super('an activity failed', { cause });
    this.silent = silent;
  }
}

type Ended<T> = { value: T } | { error: unknown; silent: boolean };
type Perform<T> = (deps: ActivityDependencies, work: Work) => Promise<T>;

const SILENT = new DefaultLogger('ERROR', () => undefined);
const never = new Promise<never>(() => undefined);

/** Temporal, as far as batches and their bookings need it: runs, signals, timers, and activities that are tried again. */
export class Engine {
  readonly runs = new Map<string, Run>();
  readonly timeline: Timeline;
  readonly house: House;
  readonly #depsOf: (work: Work) => ActivityDependencies;
  /** Told of the failure of each attempt. */
  readonly #failed: (error: unknown) => void;
  #started = 0;

  constructor(
    timeline: Timeline,
    house: House,
    depsOf: (work: Work) => ActivityDependencies,
    failed: (error: unknown) => void,
  ) {
    this.#failed = failed;
    this.timeline = timeline;
    this.house = house;
    this.#depsOf = depsOf;
  }

  /** Starts a run; its end, or its failure, closes it. */
  start(kind: string, id: string, live: (run: Run) => Promise<unknown>): Run {
    const run: Run = { id, run_id: `run-${++this.#started}`, kind, is: 'open', waiters: new Set() };
    this.runs.set(id, run);
    void live(run).then((result) => {
      if (run.is === 'gone') return;
      run.result = result;
      run.is = 'closed';
    });
    return run;
  }

  open(id: string): Run | undefined {
    const run = this.runs.get(id);
    return run?.is === 'open' ? run : undefined;
  }

  /** Ends a run without its knowledge: terminated, or lost with a store. */
  end(id: string): boolean {
    const run = this.open(id);
    if (run) run.is = 'gone';
    return run !== undefined;
  }

  /** A new run goes on in place of this one. */
  goOnAnew(run: Run, live: (run: Run) => Promise<unknown>): Promise<never> {
    run.is = 'gone';
    this.start(run.kind, run.id, live);
    return never;
  }

  /** Something of the run has changed. */
  poke(run: Run): void {
    for (const waiter of run.waiters) {
      if (!waiter.isSo()) continue;
      run.waiters.delete(waiter);
      waiter.resolve(true);
    }
  }

  async until(run: Run, isSo: () => boolean, ms?: number): Promise<boolean> {
    if (isSo()) return true;
    return new Promise((resolve) => {
      const waiter = { isSo, resolve };
      run.waiters.add(waiter);
      if (ms === undefined) return;
      this.timeline.plan(ms, () => {
        if (run.is === 'open' && run.waiters.delete(waiter)) resolve(false);
      });
    });
  }

  async activity<T>(
    run: Run,
    options: Options,
    perform: Perform<T>,
    canceled?: (cancel: () => void) => void,
  ): Promise<T> {
    const { most = Infinity, first_ms = 1_000, longest_ms = 60_000 } = options;
    for (let attempt = 1; ; attempt++) {
      const ended = await this.#once(run, attempt, options, perform, canceled);
      if (run.is === 'gone') return never;
      if ('value' in ended) return ended.value;
      if (attempt >= most) throw new ActivityFailed(ended.silent, ended.error);
      const { error } = ended;
      const asked = error instanceof ApplicationFailure ? error.nextRetryDelay : undefined;
      await this.timeline.sleep(
        typeof asked === 'number' ? asked : Math.min(first_ms * 2 ** (attempt - 1), longest_ms),
      );
    }
  }

  /** A local activity: two short attempts, and another try of the whole workflow task when its worker dies. */
  async local<T>(run: Run, perform: Perform<T>): Promise<T> {
    for (let attempt = 1; ; ) {
      const ended = await this.#once(run, attempt, { start_ms: 5_000, heartbeat_ms: 10_000 }, perform);
      if (run.is === 'gone') return never;
      if ('value' in ended) return ended.value;
      if (!ended.silent && ++attempt > 2) throw new ActivityFailed(false, ended.error);
      await this.timeline.sleep(200);
    }
  }

  /** Work on the database that is repeated until it succeeds. */
  async forever<T>(run: Run, perform: Perform<T>): Promise<T> {
    for (let pause = 5_000; ; pause = Math.min(pause * 2, 300_000)) {
      try {
        return await this.local(run, perform);
      } catch {
        await this.timeline.sleep(pause);
        if (run.is === 'gone') return never;
      }
    }
  }

  async #once<T>(
    run: Run,
    attempt: number,
    { start_ms, heartbeat_ms }: Options,
    perform: Perform<T>,
    canceled: (cancel: () => void) => void = () => undefined,
  ): Promise<Ended<T>> {
    const place = await this.house.worker();
    return new Promise((resolve) => {
      const lost = (): void => resolve({ error: new Error('not heard of in time'), silent: true });
      const work = this.house.begin(place, () => this.timeline.plan(heartbeat_ms, lost));
      const workflowExecution = { workflowId: run.id, runId: run.run_id };
      const env = new MockActivityEnvironment({ attempt, workflowExecution }, { logger: SILENT });
      canceled(() => env.cancel());
      this.timeline.plan(start_ms, lost);
      void env
        .run((() => perform(this.#depsOf(work), work)) as () => Promise<unknown>)
        .then(
          (value) => {
            if (!work.unheard) resolve({ value: value as T });
          },
          (error: unknown) => {
            this.#failed(error);
            if (!work.unheard) resolve({ error, silent: false });
          },
        )
        .finally(() => this.house.end(work));
    });
  }
}
