import { Unavailable } from '../../../delivery/gateway.ts';
import { Random } from '../random.ts';
import { type Fate, type FateKind, fateName, type Schedule, type Span } from './schedule.ts';
import type { Timeline } from './timeline.ts';

/** Work of one process: an attempt of an activity, or a request. */
export interface Work {
  place: string;
  /** Its process has ended: nothing that it does has an effect any more. */
  dead: boolean;
  /** Temporal hears nothing of it any more. */
  unheard: boolean;
  /** Operations that it waits for. */
  waits: number;
  over: boolean;
  /** Called once when Temporal stops hearing of it. */
  silent: () => void;
}

/** Made by a disaster. Any other error is a fault of the product. */
export class Disaster extends Error {}
export class ProcessDied extends Disaster {}

/** An operation as it went, for the checks. */
export interface Done {
  name: string;
  args: readonly unknown[];
  value: unknown;
}

const failure = (to: string, message: string): Error =>
  to === 'engine' ? new Unavailable(message, { cause: new Disaster(message) }) : new Disaster(message);

const MINUTE = 60_000;
export const WORKERS = ['worker-1', 'worker-2'];
export const API = 'api';
/** Longest standstill of a process. Temporal gives it up long before. */
const SLEEP_MS = 6 * MINUTE;

/** The processes, and the operations by which they reach the database, Temporal and the providers: here everything goes wrong. */
export class House {
  readonly reached = new Map<string, number>();
  /** Told of each operation that took effect. */
  did: (done: Done) => void = () => undefined;
  readonly #timeline: Timeline;
  readonly #schedule: Schedule;
  readonly #random: Random;
  readonly #works = new Set<Work>();
  readonly #back = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  readonly #fates: Map<string, FateKind>;
  readonly #hooks = new Map<string, (() => void)[]>();
  readonly #done = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  #ended = false;

  constructor(timeline: Timeline, schedule: Schedule) {
    this.#timeline = timeline;
    this.#schedule = schedule;
    this.#random = new Random(schedule.seed + 77);
    this.#fates = new Map(schedule.fates.map(({ on, nth, kind }) => [`${on} ${nth}`, kind]));
  }

  note(what: string): void {
    this.reached.set(what, (this.reached.get(what) ?? 0) + 1);
  }

  isUp(place: string): boolean {
    return (this.#back.get(place) ?? 0) <= this.#timeline.now;
  }

  /** A worker that runs; waits for one. */
  async worker(): Promise<string> {
    for (;;) {
      const up = WORKERS.filter((place) => this.isUp(place));
      if (up.length > 0) return this.#random.pick(up);
      await this.#timeline.sleep(1_000);
    }
  }

  begin(place: string, silent: () => void = () => undefined): Work {
    const work: Work = { place, dead: false, unheard: false, waits: 0, over: false, silent };
    this.#works.add(work);
    return work;
  }

  end(work: Work): void {
    work.over = true;
    this.#works.delete(work);
  }

  /** Somebody computes, and has asked for nothing. */
  isBusy(): boolean {
    for (const { waits, dead } of this.#works) if (waits === 0 && !dead) return true;
    return false;
  }

  isWorking(): boolean {
    return this.#works.size > 0;
  }

  kill(place: string, for_ms = this.#random.pick([2_000, 8_000, 45_000])): void {
    this.#back.set(place, this.#timeline.now + for_ms);
    for (const work of this.#works) {
      if (work.place !== place || work.dead) continue;
      work.dead = true;
      this.#unhear(work);
    }
  }

  #unhear(work: Work): void {
    if (work.unheard) return;
    work.unheard = true;
    work.silent();
  }

  /** No operation has an effect any more. */
  close(): void {
    this.#ended = true;
    for (const work of this.#works) work.dead = true;
    for (const leave of this.#waiting) leave();
  }

  #isAway(spans: readonly Span[]): boolean {
    const at = this.#timeline.now - this.#timeline.start;
    return spans.some(({ from_ms, for_ms }) => at >= from_ms && at < from_ms + for_ms);
  }

  #fate(name: string): FateKind | undefined {
    const nth = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, nth);
    const kind = this.#fates.get(`${name} ${nth}`);
    if (kind) this.note(fateName({ on: name, kind } as Fate));
    return kind;
  }

  /** Acts once the `nth` operation of this name took effect. */
  after({ on, nth }: { on: string; nth: number }, act: () => void): void {
    const key = `${on} ${nth}`;
    this.#hooks.set(key, [...(this.#hooks.get(key) ?? []), act]);
  }

  #follow(name: string): void {
    const nth = (this.#done.get(name) ?? 0) + 1;
    this.#done.set(name, nth);
    for (const act of this.#hooks.get(`${name} ${nth}`) ?? []) act();
  }

  /** `to`: whom it needs. Signals say by `fate` how they arrive. */
  async operate<T>(
    work: Work,
    to: 'database' | 'engine' | 'provider',
    name: string,
    args: readonly unknown[],
    effect: (fate: FateKind | undefined) => T | Promise<T>,
  ): Promise<T> {
    if (work.dead || this.#ended) throw new ProcessDied();
    work.waits += 1;
    try {
      const fate = this.#fate(name);
      const slow = work.unheard ? this.#random.int(1_000, 30_000) : this.#random.int(1, 40);
      return await this.#answered(this.#operated(work, to, { name, args, fate, slow }, effect));
    } finally {
      work.waits -= 1;
    }
  }

  /** The world may end before the answer: then nobody waits for it any more. */
  #answered<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (): void => reject(new ProcessDied());
      this.#waiting.add(leave);
      void answer.then(resolve, reject).finally(() => this.#waiting.delete(leave));
    });
  }

  async #operated<T>(
    work: Work,
    to: 'database' | 'engine' | 'provider',
    { name, args, fate, slow }: { name: string; args: readonly unknown[]; fate: FateKind | undefined; slow: number },
    effect: (fate: FateKind | undefined) => T | Promise<T>,
  ): Promise<T> {
    if (fate === 'sleeps_before') await this.#sleep(work);
    if (fate === 'unheard') this.#unhear(work);
    // The effect belongs to its moment: nothing else happens meanwhile.
    return new Promise((resolve, reject) => {
      this.#timeline.plan(slow, async () => {
        if (fate === 'dies_before' && !work.dead) this.kill(work.place);
        if (work.dead || this.#ended) return reject(new ProcessDied());
        const away =
          to === 'database' ? this.#schedule.database_away : to === 'engine' ? this.#schedule.engine_away : [];
        if (this.#isAway(away)) this.note(`${to} away`);
        if (this.#isAway(away) || fate === 'refused') return reject(failure(to, `${name} failed`));
        try {
          const value = await effect(fate);
          this.did({ name, args, value });
          this.#follow(name);
          if (fate === 'dies_after') this.kill(work.place);
          if (work.dead) return reject(new ProcessDied());
          if (fate === 'answer_lost') return reject(failure(to, `the answer to ${name} was lost`));
          if (fate === 'sleeps_after')
            void this.#sleep(work).then(() => (work.dead ? reject(new ProcessDied()) : resolve(value)));
          else resolve(value);
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  #sleep(work: Work): Promise<void> {
    this.#unhear(work);
    return this.#timeline.sleep(this.#random.int(MINUTE, SLEEP_MS));
  }

  /** An object whose methods are operations of this work. */
  reaching<T extends object>(work: Work, to: 'database' | 'engine', what: T): T {
    return new Proxy(what, {
      get: (target, name: string) => {
        const method = target[name as keyof T] as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => this.operate(work, to, name, args, () => method.apply(target, args));
      },
    });
  }
}
