/** Time as the media plane needs it; passed in, so that tests can own it. */
export interface Clock {
  /** Milliseconds that only ever grow. */
  now(): number;
  /** The wall clock. */
  date(): Date;
  /** Runs once after `ms`; the returned function calls it off. */
  after(ms: number, run: () => void): () => void;
  /** Runs every `ms` until the returned function is called. Never keeps a process alive by itself. */
  every(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  every(ms, run) {
    const timer = setInterval(run, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
