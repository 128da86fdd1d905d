/** A line that was handed to a booking, which does not know it yet. */
export interface LineHanded {
  line_id: string;
  booking_id: string;
}

/** The lock on each business’s number. */
export interface LineRecords {
  /**
   * The lock on a business's number: one booking at a time. `taken` when `booking_id` holds it from now until `until`; taking it
   * again is harmless, and moves its end. A lock whose end has passed is free, whoever held it. A booking that has its outcome
   * gets none; another one is entered among those that wait for the line. `of_key`: how many lines the booking's API key holds now. `over`: it has its
   * outcome.
   */
  takeLine(line: {
    line_id: string;
    booking_id: string;
    now: string;
    until: string;
  }): Promise<{ taken: boolean; of_key: number; over?: boolean }>;
  /**
   * Releases the line, if this booking has held it since `asked_at` or before, and hands it to the next one that waits: keys in turn,
   * within a key the oldest first. Gives that booking, which does not know it yet.
   */
  releaseLine(line: { line_id: string; booking_id: string; asked_at: string }): Promise<string | undefined>;
}
