import type { AccessRecords } from './ports/access.ts';
import type { BatchRecords } from './ports/batches.ts';
import type { BookingRecords } from './ports/bookings.ts';
import type { CalendarFeedRecords } from './ports/calendar-feeds.ts';
import type { CallerRecords } from './ports/callers.ts';
import type { CallRecords } from './ports/calls.ts';
import type { ErasureRecords } from './ports/erasures.ts';
import type { EventRecords } from './ports/events.ts';
import type { InboundRecords } from './ports/inbound.ts';
import type { InstallationRecords } from './ports/installation.ts';
import type { LimitRecords } from './ports/limits.ts';
import type { LineRecords } from './ports/lines.ts';
import type { LookRecords } from './ports/look.ts';
import type { OperatingRecords } from './ports/operating.ts';
import type { PlaceRecords } from './ports/places.ts';
import type { ProhibitionRecords } from './ports/prohibitions.ts';
import type { ShortlistRecords } from './ports/shortlists.ts';

/** The database. Each method is one transaction. Times are ISO 8601, UTC. A caller that needs a part of it names that port. */
export interface Records
  extends BookingRecords,
    EventRecords,
    CallRecords,
    CallerRecords,
    LineRecords,
    PlaceRecords,
    LimitRecords,
    ErasureRecords,
    ProhibitionRecords,
    AccessRecords,
    CalendarFeedRecords,
    InboundRecords,
    InstallationRecords,
    BatchRecords,
    ShortlistRecords,
    OperatingRecords,
    LookRecords {
  migrate(): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Files that are too large or too private for the database: webhook bodies, recordings. Paths are relative. */
export interface Artifacts {
  /** Writes a whole file (temporary name, then rename). Creates its folders. */
  put(path: string, content: Uint8Array | string): Promise<void>;
  /** Creates a file that grows while a call is live. */
  create(path: string): Promise<import('node:fs/promises').FileHandle>;
  /** Continues an existing file that a crash left: its size in bytes, and its last write in Unix milliseconds. */
  extend(path: string): Promise<{ file: import('node:fs/promises').FileHandle; bytes: number; written_ms: number }>;
  read(path: string): Promise<Buffer>;
  size(path: string): Promise<number>;
  /** Removes a file, or a folder with its content. Succeeds when it does not exist. */
  remove(path: string): Promise<void>;
  /** Content of a folder with last changes in Unix milliseconds; empty when the folder does not exist. */
  list(folder: string): Promise<{ name: string; changed_ms: number }[]>;
  /** Free bytes for this user, where the files are. */
  space(): Promise<number>;
  stream(path: string, range?: { start: number; end: number }): import('node:stream').Readable;
}
