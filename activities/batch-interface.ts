/** State of a batch after a turn of its feeding. */
export interface BatchTurn {
  /** Every row is final, or the batch is gone: there is nothing more to do until it changes. */
  over: boolean;
  /** With `over`: number of times that the batch was completed, if its client gets a message. */
  completed?: number | undefined;
  /** With `over`: it was canceled, and its client gets a message. */
  canceled?: boolean | undefined;
  /** There is more to do at once. */
  more?: boolean | undefined;
  /** Time of the next turn, if nothing wakes the batch before; ISO 8601, UTC. */
  next_at?: string | undefined;
  /** The end of each booking matters at once: the batch may have to pause. */
  eager?: boolean | undefined;
}

/** Activities of batches. Each is safe to repeat. */
export interface BatchActivities {
  /**
   * Brings a batch up to date: ends rows whose time is over, turns the next rows into bookings, cancels, and completes. `thorough`: also
   * compares the rows with their bookings, in case a signal was lost.
   */
  feedBatch(input: { batch_id: string; thorough: boolean }): Promise<BatchTurn>;
  /** Sends `batch.completed` or, as the message's id says, `batch.canceled` to the batch's `callback_url`, as `tellClient` does. */
  tellOfBatch(input: { batch_id: string; message_id: string; until: string }): Promise<'delivered' | 'given_up'>;
  /** Begins the erasure of some of the batch's bookings. `next`: where the following ones begin; undefined: there are none. */
  beginBatchErasures(input: {
    batch_id: string;
    after: number;
  }): Promise<{ booking_ids: string[]; next: number | undefined }>;
  /** Deletes the batch's rows, events, and itself. */
  forgetBatch(input: { batch_id: string }): Promise<void>;
  finishBatchErasure(input: { batch_id: string }): Promise<void>;
}
