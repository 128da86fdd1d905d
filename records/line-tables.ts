import type { Generated } from 'kysely';

export interface LinesTable {
  line_id: string;
  booking_id: string;
  /** Keyed hash of the booking's API key. */
  owner: string;
  taken_ms: number;
  until_ms: number;
  /** Since then its holder is signaled that it may dial; null: the holder knows. */
  handed_ms: Generated<number | null>;
}

/** A booking that waits for its number's line, or for places at the gates. */
export interface LineWaitersTable {
  line_id: string;
  booking_id: string;
  /** Keyed hash of its API key: keys take turns. */
  owner: string;
  since_ms: number;
  /** Time for which it wants the line. */
  hold_ms: number;
  /**
   * 1: it holds the line, and waits for places at the gates. `lines` tells the same; the column stands in the index of a queue, so that its
   * first holder is found without a look at those behind whose numbers are busy.
   */
  has_line: Generated<number>;
  /** The call for which it wants them; null: it wants none. */
  call_id: string | null;
  /** Its queue at the gates. */
  queue: string | null;
}

/** Time at which an owner last got a number's line from the waiters. */
export interface LineTurnsTable {
  line_id: string;
  owner: string;
  at_ms: number;
}

/** Bookings of one owner and batch that want the same places. A queue without a waiter is deleted when its turn comes. */
export interface PlaceQueuesTable {
  /** Owner, batch and wanted places, as JSON. */
  queue: string;
  owner: string;
  /** Grows with each place that any queue is given; lowest first. */
  turn: number;
}

/** The last turn of an owner over all its queues. */
export interface PlaceTurnsTable {
  owner: string;
  turn: number;
}

/** Slots that one call (or duet) takes at a provider. */
export interface SlotsTable {
  provider: string;
  call_id: string;
  booking_id: string;
  count: number;
  until_ms: number;
}

/** A transaction that raises `takes` counts and takes alone until it commits. */
export interface SlotGatesTable {
  /** A provider, or another gate such as `batch:ID`. */
  provider: string;
  takes: number;
  /** Number of places; null: unknown or unlimited. */
  most: Generated<number | null>;
}

export interface CircuitsTable {
  provider: string;
  /** Grows with each change: a writer that read an older version changes nothing. */
  version: number;
  circuit_json: string;
}
