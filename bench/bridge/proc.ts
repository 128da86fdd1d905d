import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second for every program that reads it here (`USER_HZ`). */
const TICKS_PER_SECOND = 100;

/** Seconds that all threads of a process have used. */
export interface Cpu {
  total: number;
  /** The part of it that the kernel used for them: system calls, and what the network does. */
  kernel: number;
}

/** Fields 14 and 15 of `/proc/PID/stat`; NaN where there is no such file. */
export function cpuOf(pid: number): Cpu {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const kernel = Number(fields[12]) / TICKS_PER_SECOND;
    return { total: Number(fields[11]) / TICKS_PER_SECOND + kernel, kernel };
  } catch {
    return { total: Number.NaN, kernel: Number.NaN };
  }
}

/** Seconds in which any processor of the machine was at work, for whomever; NaN where that cannot be read. */
export function machineCpuSeconds(): number {
  try {
    const [user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
      .split('\n', 1)[0]!
      .trim()
      .split(/ +/)
      .slice(1)
      .map(Number);
    return sum([user!, nice!, system!, irq!, softirq!, steal!]) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Memory that a process occupies, in KiB; NaN where that cannot be read. */
export function residentKib(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
  } catch {
    return Number.NaN;
  }
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
