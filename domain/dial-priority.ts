/**
 * The place of a dial among those that wait for the same provider's rate, as Temporal knows it: 1 goes first, 5 last. The more numbers a
 * key holds at once, the later its next dial leaves, so that thousands of one key do not hold up the first of another.
 * @param ofKey how many lines the booking's API key holds; undefined: not known.
 */
export const dialPriority = (ofKey: number | undefined): 1 | 2 | 3 | 4 | 5 => {
  if (ofKey === undefined) return 3;
  if (ofKey <= 4) return 1;
  if (ofKey <= 16) return 2;
  if (ofKey <= 64) return 3;
  return ofKey <= 256 ? 4 : 5;
};
