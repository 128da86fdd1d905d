import type { Clock } from '../../../bridge/clock.ts';

export interface FastClock extends Clock {
  /** Time passes as it does on the wall while this goes on: what is to succeed must not run against hurried limits. */
  calm<T>(work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  /** In the clock's own milliseconds. */
  due: number;
  /** Of one that repeats. */
  every?: number;
  run(): void;
}

const TICK_MS = 1;
/** A tick counts for no more than this, however late it comes: time stands still while other processes keep this one from its work. */
const MOST_MS = 5;

/**
 * A clock that runs `speed` times as fast as the wall's, so that a conversation in real time takes a moment. Its limits bound the work of
 * this process: a moment in which the process did not run is none in which it was slow.
 */
export function fastClock(speed: number): FastClock {
  let pace = speed;
  let since = performance.now();
  let then = since;
  let ticking: NodeJS.Timeout | undefined;
  const waiting = new Set<Waiting>();
  const now = (): number => {
    const passed = performance.now() - since;
    return then + (ticking ? Math.min(passed, MOST_MS) : passed) * pace;
  };
  const keep = (next = pace): void => {
    [then, since] = [now(), performance.now()];
    pace = next;
  };
  const forget = (one: Waiting): void => {
    waiting.delete(one);
    if (waiting.size > 0 || !ticking) return;
    keep();
    clearInterval(ticking);
    ticking = undefined;
  };
  const tick = (): void => {
    keep();
    const due = [...waiting].filter((one) => one.due <= then).toSorted((a, b) => a.due - b.due);
    for (const one of due) {
      // One that ran before may have cancelled it.
      if (!waiting.has(one)) continue;
      if (one.every === undefined) forget(one);
      else one.due = then + one.every;
      one.run();
    }
  };
  const wait = (one: Waiting): (() => void) => {
    keep();
    waiting.add(one);
    ticking ??= setInterval(tick, TICK_MS).unref();
    return () => forget(one);
  };
  return {
    now,
    date: () => new Date(),
    after: (ms, run) => wait({ due: now() + ms, run }),
    every: (ms, run) => wait({ due: now() + ms, every: ms, run }),
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
