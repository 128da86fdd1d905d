import { CALLEES } from '../../sandbox/numbers.ts';

/** The last two digits of numbers whose callees just answer and book. */
const ENDINGS = Array.from({ length: 100 }, (_, last) => String(last).padStart(2, '0')).filter(
  (last) => !(last in CALLEES),
);

/**
 * A number at which everything goes well, if the two digits before the last ones order nothing either (sandbox/README.md).
 * @param first the number's first digits, without the last two; numbers beyond the endings go on with the next one
 */
export function plainNumber(first: number, index: number): string {
  return `+${first + Math.floor(index / ENDINGS.length)}${ENDINGS[index % ENDINGS.length]}`;
}
