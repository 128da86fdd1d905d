import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { familyOf } from '../e2e/support/process.ts';

export interface Listener {
  pid: number;
  host: string;
  port: number;
}

/** Linux shows which process listens where. */
export const listenersCanBeSeen = process.platform === 'linux';

/** Every TCP port at which a process or one that it started listens. */
export function listenersOf(pid: number): Listener[] {
  const sockets = new Map(['tcp', 'tcp6'].flatMap(listening));
  return familyOf(pid).flatMap((member) =>
    inodesOf(member).flatMap((inode) => {
      const at = sockets.get(inode);
      return at ? [{ pid: member, ...at }] : [];
    }),
  );
}

/** State 0A is LISTEN; addresses are hexadecimal, in the machine's order of bytes. */
function listening(table: string): [string, { host: string; port: number }][] {
  return readFileSync(`/proc/net/${table}`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A')
    .map((fields) => {
      const [address, port] = fields[1]!.split(':') as [string, string];
      const bytes = Buffer.from(address, 'hex').reverse();
      const host = bytes.length === 4 && bytes.some((byte) => byte !== 0) ? bytes.join('.') : '127.0.0.1';
      return [fields[9]!, { host, port: Number.parseInt(port, 16) }];
    });
}

function inodesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
