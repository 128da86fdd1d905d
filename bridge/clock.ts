/** Time for the media plane; passed in, so that tests control it. */
export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** The wall clock. */
  date(): Date;
  /** Runs once after `ms`. The returned function cancels it. */
  after(ms: number, run: () => void): () => void;
  /** Runs every `ms` until the returned function is called. Never keeps a process alive. */
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
