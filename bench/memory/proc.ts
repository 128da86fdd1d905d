import { readdirSync, readFileSync } from 'node:fs';
import { residentKib } from '../bridge/proc.ts';

/** Whole MB (2^20) that a process occupies; NaN where that cannot be read. */
export const residentMb = (pid: number): number => Math.round(residentKib(pid) / 1024);

/** A process and all that it started, directly or not. */
export function familyOf(pid: number): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const children = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return [pid, ...children.flatMap(familyOf)];
  } catch {
    return [];
  }
}

/** The most that a process has occupied so far, in whole MB. */
export function peakMb(pid: number): number {
  try {
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kib) / 1024);
  } catch {
    return Number.NaN;
  }
}
