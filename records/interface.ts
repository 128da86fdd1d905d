import type { AccessRecords } from './ports/access.ts';
import type { BookingRecords } from './ports/bookings.ts';
import type { CallRecords } from './ports/calls.ts';
import type { ErasureRecords } from './ports/erasures.ts';
import type { EventRecords } from './ports/events.ts';
import type { LimitRecords } from './ports/limits.ts';
import type { LineRecords } from './ports/lines.ts';
import type { LookRecords } from './ports/look.ts';
import type { ProhibitionRecords } from './ports/prohibitions.ts';

/** The database. All methods are one transaction each; times are ISO 8601, UTC. Whoever needs a part of it names that port. */
export interface Records
  extends BookingRecords,
    EventRecords,
    CallRecords,
    LineRecords,
    LimitRecords,
    ErasureRecords,
    ProhibitionRecords,
    AccessRecords,
    LookRecords {
  migrate(): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Files that are too big or too private for the database: webhook bodies, recordings. Paths are relative. */
export interface Artifacts {
  /** Writes a whole file (temporary name, then rename); folders are made. */
  put(path: string, content: Uint8Array | string): Promise<void>;
  /** A file that grows while a call is live. */
  create(path: string): Promise<import('node:fs/promises').FileHandle>;
  /** Goes on with a file that is there, as a crash left it: its size in bytes, and when it was last written (Unix ms). */
  extend(path: string): Promise<{ file: import('node:fs/promises').FileHandle; bytes: number; written_ms: number }>;
  read(path: string): Promise<Buffer>;
  size(path: string): Promise<number>;
  /** A file, or a folder with all that is in it; what is not there is no error. */
  remove(path: string): Promise<void>;
  /** What is in a folder, and when it was last changed (Unix ms); nothing when the folder is not there. */
  list(folder: string): Promise<{ name: string; changed_ms: number }[]>;
  stream(path: string, range?: { start: number; end: number }): import('node:stream').Readable;
}
