import { readFileSync } from 'node:fs';
import { machineTime } from './clock.ts';
import { quantile } from './statistics.ts';
import type { Subject } from './subject.ts';

export interface Load {
  /** Started one after the other, each when the one before has ended. */
  alone: number;
  /** Started so that this many are always under way. */
  total: number;
  inFlight: number;
}

/** Start to sight, in milliseconds. */
export interface Latency {
  p50: number;
  p99: number;
}

/** What one round of one subject gave. */
export interface Measured {
  alone: Latency;
  loaded: Latency;
  perSecond: number;
  /** Processor seconds for each one of the loaded part: of its own process, and of Temporal's server (NaN where that cannot be read). */
  cpuOwn: number;
  cpuServer: number;
}

const latencyOf = (times: readonly number[]): Latency => ({ p50: quantile(times, 0.5), p99: quantile(times, 0.99) });

/** One that takes longer than this has got stuck; without it the bench would wait for ever. */
const STUCK_MS = 120_000;

async function soon(subject: Subject): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_, reject) => {
    const message = `one of ${subject.name} had not ended after ${STUCK_MS / 1000} s`;
    timer = setTimeout(() => reject(new Error(message)), STUCK_MS);
  });
  return Promise.race([subject.one(), stuck]).finally(() => clearTimeout(timer));
}

/** Keeps `inFlight` under way until `total` have ended. */
export async function run(subject: Subject, total: number, inFlight: number): Promise<number[]> {
  const times: number[] = [];
  let left = total;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      times.push(await soon(subject));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return times;
}

export async function measure(subject: Subject, load: Load, serverPid: number | undefined): Promise<Measured> {
  const alone = await run(subject, load.alone, 1);
  const ownBefore = await subject.child.cpuSeconds();
  const serverBefore = cpuOf(serverPid);
  const began = machineTime();
  const loaded = await run(subject, load.total, load.inFlight);
  const seconds = (machineTime() - began) / 1000;
  return {
    alone: latencyOf(alone),
    loaded: latencyOf(loaded),
    perSecond: load.total / seconds,
    cpuOwn: ((await subject.child.cpuSeconds()) - ownBefore) / load.total,
    cpuServer: (cpuOf(serverPid) - serverBefore) / load.total,
  };
}

/** Linux counts processor time in hundredths of a second for every program that reads it here (`USER_HZ`). */
const TICKS_PER_SECOND = 100;

/** User and system time of another process: fields 14 and 15 of `/proc/PID/stat`; NaN where there is no such file. */
function cpuOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}
