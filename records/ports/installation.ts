import type { LineHanded } from './places.ts';

/** Why no dial may leave. Times are ISO 8601, UTC. */
export interface Hold {
  /** A sentence for operators. */
  why: string;
  held_at: string;
  /** The last time at which this database is known to have been in use before; undefined: unknown. */
  used_until?: string | undefined;
}

/** The identity of a database. */
export interface Installation {
  /** Random. A copy has the same one until a start recognises it. */
  id: string;
  /** Grows while the database is in use. An older copy has a smaller one. */
  epoch: number;
  /** Time of the last growth; undefined: never. ISO 8601, UTC. */
  used_until: string | undefined;
  /** The place of the database when a process last opened it; undefined: unknown. See `place`. */
  kept_place: string | undefined;
  /** Undefined: dials may leave. */
  hold: Hold | undefined;
  /** A booking was ever accepted. */
  in_use: boolean;
}

/** Facts by which a restored or copied database is recognised, and the hold of its dials. */
export interface InstallationRecords {
  installation(): Promise<Installation>;
  /**
   * The present place of the database, which a copy does not share: inode and birth of a SQLite file, the system identifier of a PostgreSQL
   * cluster. Undefined: it cannot be read.
   */
  place(): Promise<string | undefined>;
  /** The clock of a database server, Unix ms; undefined: the database is a file and has this machine's clock. */
  clock(): Promise<number | undefined>;
  keepPlace(place: string): Promise<void>;
  /** Gives a copy an id that differs from its original's. Returns it. */
  renewId(): Promise<string>;
  /** Raises the epoch above itself and `above`, on disk when this resolves. Returns it. */
  raiseEpoch(now: string, above?: number): Promise<number>;
  /** From now on no dial leaves; `place` becomes the kept place. A hold that exists stays as it is. */
  holdDialing(hold: Hold, place?: string): Promise<void>;
  /** Ends the hold. Returns the bookings that may dial now; they have not been signaled. */
  resumeDialing(now: string): Promise<LineHanded[]>;
  /** Keeps a dial that a provider knows and this database has lost: its booking reconciles it and places no further dial. */
  adoptDial(dial: {
    call_id: string;
    channel: string;
    at: string;
    call_sid?: string | undefined;
    conversation_id?: string | undefined;
  }): Promise<void>;
}
