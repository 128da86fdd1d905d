/** Temporal's priority of all tasks of a batch's booking: single bookings go before them. */
export const BATCH_PRIORITY = 5;

/**
 * Temporal's priority of a dial among those that wait for the same provider's rate: 1 goes first, 5 last. The more lines a key holds, the
 * later its next dial leaves, so that thousands of bookings of one key do not delay the first of another.
 * @param ofKey number of lines that the booking's API key holds; undefined: unknown
 */
export const dialPriority = (ofKey: number | undefined): 1 | 2 | 3 | 4 | 5 => {
  if (ofKey === undefined) return 3;
  if (ofKey <= 4) return 1;
  if (ofKey <= 16) return 2;
  if (ofKey <= 64) return 3;
  return ofKey <= 256 ? 4 : 5;
};
