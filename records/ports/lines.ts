import type { LineHanded, PlacesWanted } from './places.ts';

/** The lines: each is the exclusive right to call one number. */
export interface LineRecords {
  /**
   * Takes the line of a business's number, and the places of the next call: one booking holds the line at a time. `taken`: `booking_id` holds
   * all of it from now until `until`; taking it again is safe and moves the end. An expired line is free for every booking. A booking with an
   * outcome gets none; another one becomes a waiter, and `waits_for` says of what: another booking has the number, or no place is free.
   * `of_key`: number of lines that the booking's API key holds now. `over`: the booking has its outcome. `forbidden`: the do-not-call list has
   * one of `phone_hashes`; the booking neither gets the line nor becomes a waiter. `handed`: other bookings that were given places meanwhile.
   * `for_dial`: the booking wants to dial, so it waits for a place while dialing is held.
   */
  takeLine(line: {
    line_id: string;
    booking_id: string;
    now: string;
    until: string;
    phone_hashes?: readonly string[] | undefined;
    places?: PlacesWanted | undefined;
    for_dial?: boolean | undefined;
  }): Promise<{
    taken: boolean;
    of_key: number;
    over?: boolean;
    forbidden?: boolean;
    waits_for?: 'number' | 'place' | 'dialing';
    handed?: LineHanded[];
  }>;
  /**
   * Releases the line and the booking's places, if this booking has held the line since `asked_at` or before. The line goes to the next waiter:
   * keys take turns, within a key the oldest first. Returns the bookings that may dial now.
   */
  releaseLine(line: { line_id: string; booking_id: string; asked_at: string }): Promise<LineHanded[]>;
}
