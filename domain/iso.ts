/**
 * Milliseconds since 1970 → `2026-11-30T05:00:00.000Z`.
 * @throws RangeError for a number that is not a valid time
 */
export const iso = (ms: number): string => new Date(ms).toISOString();
