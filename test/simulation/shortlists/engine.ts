import type { ShortlistActivities } from '../../../activities/interface.ts';
import type { ShortlistStanding } from '../../../delivery/resume-shortlist.ts';
import type { CarriedShortlist } from '../../../domain/shortlist/carried.ts';
import type { ShortlistEnd } from '../../../domain/shortlist/decide.ts';
import type { ShortlistInput } from '../../../domain/shortlist/state.ts';
import { type Ground, ShortlistRun } from '../../../workflows/shortlist-run.ts';
import { ACTIVITIES } from './disasters.ts';
import type { Fate } from './plan.ts';

/** An activity's task times out, as workflows/shortlist.ts has it. */
const TIMEOUT_MS = 60_000;
const LONGEST_PAUSE_MS = 60_000;
const WORK_MS = 40;

/** What the engine needs of the world around it. */
export interface Around {
  now(): number;
  plan(at: number, run: () => void | Promise<void>): void;
  /** The first moment from `at` on at which a worker runs. */
  awake(at: number): number;
  activities: ShortlistActivities;
  nextFate(): Fate;
  lateMs: number;
  count(what: string): void;
  tell(text: string): void;
}

interface Waiting {
  ready: () => boolean;
  wake: () => void;
}

/** One run of the workflow, in an engine that keeps its signals and repeats its activities. */
class Run {
  gone = false;
  end: ShortlistEnd | undefined;
  readonly run: ShortlistRun;
  private waiting: Waiting | undefined;
  private readonly around: Around;
  /** What it was, and when: for an older store of the engine. */
  readonly past: { at: number; carried: CarriedShortlist }[] = [];

  constructor(around: Around, input: ShortlistInput, carried: CarriedShortlist | undefined) {
    this.around = around;
    this.run = new ShortlistRun(this.ground(), input, carried);
    void this.live(input, carried?.end);
  }

  private async live({ id }: ShortlistInput, known: ShortlistEnd | undefined): Promise<void> {
    const end = known ?? (await this.run.run());
    this.around.tell(`the run has its end: ${end.result}`);
    const until = new Date(this.around.now() + 24 * 3_600_000).toISOString();
    await this.activity('tellShortlistClient', { id, until });
    this.end = end;
  }

  private ground(): Ground {
    const activities = Object.fromEntries(
      ACTIVITIES.map((name) => [name, (input: never) => this.activity(name, input)]),
    ) as unknown as Ground['activities'];
    return {
      activities,
      now: () => this.around.now(),
      until: (ready, ms) => this.until(ready, ms),
      isLong: () => {
        this.remember();
        return false;
      },
      goOnAnew: async () => undefined,
      details: () => undefined,
      looksOnceMore: () => true,
    };
  }

  /** At the top of its loop a run is its state alone. */
  private remember(): void {
    const { input: _, ...state } = this.run.state;
    this.past.push({ at: this.around.now(), carried: { state, ...this.run.standing } });
  }

  private until(ready: () => boolean, ms: number): Promise<void> {
    if (ready()) return Promise.resolve();
    return new Promise((resolve) => {
      const one: Waiting = {
        ready,
        wake: () => {
          if (this.waiting !== one || this.gone) return;
          this.waiting = undefined;
          resolve();
        },
      };
      this.waiting = one;
      this.around.plan(this.around.awake(this.around.now() + ms), () => one.wake());
    });
  }

  signal(take: (run: ShortlistRun) => void): void {
    const { around } = this;
    around.plan(around.awake(around.now()), () => {
      if (this.gone || this.end) return;
      take(this.run);
      if (this.waiting?.ready()) this.waiting.wake();
    });
  }

  /** An activity until it has its answer, which goes to the run if that is still there. */
  private activity<N extends keyof ShortlistActivities>(
    name: N,
    input: Parameters<ShortlistActivities[N]>[0],
  ): Promise<Awaited<ReturnType<ShortlistActivities[N]>>> {
    const { around } = this;
    const effect = around.activities[name] as unknown as (
      given: typeof input,
    ) => Promise<Awaited<ReturnType<ShortlistActivities[N]>>>;
    return new Promise((resolve) => {
      const again = (tries: number, afterMs: number): void =>
        around.plan(around.awake(around.now() + afterMs), () => attempt(tries + 1));
      const attempt = async (tries: number): Promise<void> => {
        if (this.gone) return;
        const fate = around.nextFate();
        if (fate !== 'none') around.count(`${name} ${fate}`);
        const pause = Math.min(1_000 * 2 ** (tries - 1), LONGEST_PAUSE_MS);
        if (fate === 'fails') return again(tries, pause);
        if (fate === 'dies_before') return again(tries, TIMEOUT_MS);
        if (fate === 'late') {
          around.plan(around.now() + around.lateMs, async () => {
            around.tell(`a worker that was thought dead does ${name}`);
            await effect(input).catch(() => undefined);
          });
          return again(tries, TIMEOUT_MS);
        }
        try {
          const answer = await effect(input);
          if (fate === 'dies_after') return again(tries, TIMEOUT_MS);
          around.plan(around.awake(around.now() + WORK_MS), () => {
            if (!this.gone) resolve(answer);
          });
        } catch (error) {
          if ((error as { nonRetryable?: boolean }).nonRetryable) {
            around.tell(`the run fails: ${(error as Error).message}`);
            around.count('run failed');
            this.gone = true;
            return;
          }
          again(tries, pause);
        }
      };
      around.plan(around.awake(around.now() + WORK_MS), () => attempt(1));
    });
  }
}

/** Temporal, as far as one shortlist needs it. */
export class Engine {
  private current: Run | undefined;
  private input: ShortlistInput | undefined;
  private readonly around: Around;
  starts = 0;

  constructor(around: Around) {
    this.around = around;
  }

  get isRunning(): boolean {
    return this.current !== undefined && !this.current.gone && !this.current.end;
  }

  get state() {
    return this.current?.run.state;
  }

  /** A run that exists already counts as started. */
  start(input: ShortlistInput): void {
    this.input = input;
    if (!this.current) this.begin(undefined);
  }

  resume(input: ShortlistInput, carried: CarriedShortlist): void {
    this.input = input;
    if (!this.isRunning) this.begin(carried);
  }

  private begin(carried: CarriedShortlist | undefined): void {
    this.starts += 1;
    this.current = new Run(this.around, this.input!, carried);
  }

  standing(): ShortlistStanding {
    if (this.isRunning) return { is: 'open' };
    return { is: 'gone', end: this.current?.end };
  }

  signal(take: (run: ShortlistRun) => void): 'accepted' | 'not_found' {
    if (!this.isRunning) return 'not_found';
    this.current!.signal(take);
    return 'accepted';
  }

  terminate(): void {
    if (!this.isRunning) return;
    this.around.count('run is gone');
    this.around.tell('the run of the shortlist is terminated');
    this.current!.gone = true;
  }

  /** An older store of the engine: the run goes on from what it was. */
  setBack(to: number): void {
    const before = this.current?.past.findLast(({ at }) => at <= to);
    if (!this.isRunning || !before) return;
    this.around.count('run set back');
    this.around.tell('the engine has an older store');
    this.current!.gone = true;
    this.begin(before.carried);
  }
}
