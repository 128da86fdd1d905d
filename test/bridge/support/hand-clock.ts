import type { Clock } from '../../../bridge/clock.ts';

/** A clock that stands still until a test moves it. What is due then runs in its order. */
export class HandClock implements Clock {
  #now = 1_000;
  #waiting: { at: number; run: () => void }[] = [];

  now = (): number => this.#now;
  date = (): Date => new Date(Date.UTC(2026, 10, 23, 15) + this.#now);

  after(ms: number, run: () => void): () => void {
    const one = { at: this.#now + ms, run };
    this.#waiting.push(one);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== one);
    };
  }

  every(ms: number, run: () => void): () => void {
    let stop = (): void => {};
    const again = (): void => {
      stop = this.after(ms, () => {
        again();
        run();
      });
    };
    again();
    return () => stop();
  }

  move(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#waiting = this.#waiting.filter((one) => one !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }
}
