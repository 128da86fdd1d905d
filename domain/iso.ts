/** Unix ms → `2026-11-30T05:00:00.000Z`. Throws a RangeError for what is not a time. */
export const iso = (ms: number): string => new Date(ms).toISOString();
