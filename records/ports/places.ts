/** A booking that may dial now and has not been signaled yet: it was handed the line, and the places that it waited for. */
export interface LineHanded {
  line_id: string;
  booking_id: string;
}

/** Places at a gate: a provider, or `batch:ID`. */
export interface Bounded {
  gate: string;
  count: number;
  /** Number of places at the gate; undefined: as last set, or unlimited. */
  most?: number | undefined;
}

/** The places that a booking's next call takes. */
export interface PlacesWanted {
  call_id: string;
  /** The booking's batch: single bookings go before batches. */
  batch: string | null;
  wanted: Bounded[];
}

/** Places in line: each lets one call pass a gate. */
export interface PlaceRecords {
  /**
   * Takes the places of a call at its gates, all of them or none. Returns the gate without a free place, if any. Taking again for the same
   * call is safe and moves the end. A place is free when its call has ended, its booking has its outcome, or `until` has passed.
   */
  takeSlots(places: {
    call_id: string;
    booking_id: string;
    wanted: Bounded[];
    now: string;
    until: string;
  }): Promise<string | undefined>;
  /** Returns the bookings that may dial now. */
  releaseSlots(callId: string): Promise<LineHanded[]>;
  /**
   * Gives a batch's gate the places that the batch has now: none while it is paused or canceled. Returns their number, with the bookings that
   * may dial now. Undefined: there is no such batch.
   */
  openGate(batchId: string): Promise<{ places: number; handed: LineHanded[] } | undefined>;
  /** Number of bookings that wait for a place at a gate. */
  countWaiting(): Promise<number>;
  /** Number of taken places at each gate; absent: none. */
  slotsTaken(now: string): Promise<Partial<Record<string, number>>>;
  /**
   * Frees all places whose time has passed, and returns the bookings that may dial now, with those that have not taken up what they were
   * handed before `since`: their signal may have been lost. At most `limit` of the latter.
   */
  mindPlaces(now: string, since: string, limit: number): Promise<LineHanded[]>;
}
