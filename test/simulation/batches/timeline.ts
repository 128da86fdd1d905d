import { Agenda } from '../agenda.ts';

type Act = () => void | Promise<void>;

/** All promises that wait for nothing but each other. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Virtual time. One thing happens at a time, and everything that follows from it at once, before the next. */
export class Timeline {
  now: number;
  readonly start: number;
  /** True while somebody works without having asked for anything: a long computation that lets others work. */
  readonly busy: () => boolean;
  readonly #agenda = new Agenda();
  #doing: void | Promise<void> = undefined;

  constructor(start: number, busy: () => boolean) {
    this.start = start;
    this.now = start;
    this.busy = busy;
  }

  plan(after: number, act: Act): void {
    this.#agenda.plan(this.now + Math.max(0, after), () => {
      this.#doing = act();
    });
  }

  /** At a time in ms after the start. */
  at(ms: number, act: Act): void {
    this.plan(this.start + ms - this.now, act);
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.plan(ms, resolve));
  }

  async settle(): Promise<void> {
    do await turn();
    while (this.busy());
  }

  /** Lives on until this says that it is over, or nothing is left to do before `until_ms` after the start. */
  async run(until_ms: number, isOver: () => boolean): Promise<void> {
    await this.settle();
    while (this.#agenda.next <= this.start + until_ms && !isOver()) {
      const { at, run } = this.#agenda.take()!;
      this.now = Math.max(this.now, at);
      run();
      await this.#doing;
      this.#doing = undefined;
      await this.settle();
    }
  }
}
