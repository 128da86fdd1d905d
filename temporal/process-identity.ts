import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Identity of a process, which distinguishes it from a later one with the same id. */
export interface ProcessIdentity {
  pid: number;
  /** Start time in the system's notation. */
  started: string;
}

/** undefined when there is no such process (a zombie counts as none). */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : saidByPs(pid, 'lstart=');
  return started === undefined ? undefined : { pid, started };
}

export const isAlive = (known: ProcessIdentity): boolean => identityOf(known.pid)?.started === known.started;

/** Command line of a process as one text; undefined when it is not visible. */
export function commandLineOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return saidByPs(pid, 'command=');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Fields of `/proc/PID/stat` after the name in brackets: the first is the state, the twentieth the start time. */
function startedOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function saidByPs(pid: number, column: string): string | undefined {
  const ps = spawnSync('ps', ['-ww', '-o', column, '-p', String(pid)], { encoding: 'utf8' });
  return ps.stdout?.trim() || undefined;
}
