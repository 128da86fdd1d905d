import type { Clock } from '../../../bridge/clock.ts';

export interface FastClock extends Clock {
  /** Time passes as it does on the wall while this goes on: what is to succeed must not run against hurried limits. */
  calm<T>(work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  /** In the clock's own milliseconds. */
  due: number;
  run(): void;
  timer?: NodeJS.Timeout;
}

/** A clock that runs `speed` times as fast as the wall's, so that a conversation in real time takes a moment. */
export function fastClock(speed: number): FastClock {
  let pace = speed;
  let since = performance.now();
  let then = since;
  const now = (): number => then + (performance.now() - since) * pace;
  const waiting = new Set<Waiting>();
  const arm = (each: Waiting): void => {
    clearTimeout(each.timer);
    each.timer = setTimeout(
      () => {
        waiting.delete(each);
        each.run();
      },
      Math.max(0, each.due - now()) / pace,
    );
  };
  const after = (ms: number, run: () => void): (() => void) => {
    const each: Waiting = { due: now() + ms, run };
    waiting.add(each);
    arm(each);
    return () => {
      waiting.delete(each);
      clearTimeout(each.timer);
    };
  };
  const keep = (next: number): void => {
    [then, since] = [now(), performance.now()];
    pace = next;
    waiting.forEach(arm);
  };
  return {
    now,
    date: () => new Date(),
    after,
    every(ms, run) {
      const timer = setInterval(run, Math.max(1, ms / pace));
      return () => clearInterval(timer);
    },
    async calm(work) {
      keep(1);
      try {
        return await work();
      } finally {
        keep(speed);
      }
    },
  };
}
