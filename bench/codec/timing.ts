/** What one hour, or whatever `minutes` says, took. */
export interface Timing {
  /** By the clock, which others on the machine slow down. */
  wallS: number;
  /** Processor time of all threads, which they hardly do. */
  cpuS: number;
}

/** Runs work in this process; garbage collection counts. */
export function timed(work: () => void): Timing {
  const cpu = process.cpuUsage();
  const start = performance.now();
  work();
  const wallS = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { wallS, cpuS: (user + system) / 1e6 };
}
