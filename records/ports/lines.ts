/** A line that was handed to a booking, which has not been signaled yet. */
export interface LineHanded {
  line_id: string;
  booking_id: string;
}

/** The lines: each is the exclusive right to call one number. */
export interface LineRecords {
  /**
   * Takes the line of a business's number: one booking holds it at a time. `taken`: `booking_id` holds it from now until `until`; taking
   * it again is safe and moves the end. An expired line is free for every booking. A booking with an outcome gets none; another one becomes
   * a waiter. `of_key`: number of lines that the booking's API key holds now. `over`: the booking has its outcome. `forbidden`: the do-not-call
   * list has one of `phone_hashes`; the booking neither gets the line nor becomes a waiter.
   */
  takeLine(line: {
    line_id: string;
    booking_id: string;
    now: string;
    until: string;
    phone_hashes?: readonly string[] | undefined;
  }): Promise<{ taken: boolean; of_key: number; over?: boolean; forbidden?: boolean }>;
  /**
   * Releases the line, if this booking has held it since `asked_at` or before, and hands it to the next waiter: keys take turns, within a
   * key the oldest first. Returns that booking, which has not been signaled yet.
   */
  releaseLine(line: { line_id: string; booking_id: string; asked_at: string }): Promise<string | undefined>;
}
