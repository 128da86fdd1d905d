const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The same with every ISO date in it so many days later: what is said of a day counts from the day of the call. */
export function laterBy<T>(days: number, value: T): T {
  if (typeof value === 'string' && DAY.test(value)) {
    return new Date(Date.parse(value) + days * DAY_MS).toISOString().slice(0, 10) as T;
  }
  if (Array.isArray(value)) return value.map((one) => laterBy(days, one)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, laterBy(days, one)])) as T;
}

/** Whole days from one moment to another, Unix ms. */
export const daysBetween = (from: number, to: number): number => Math.round((to - from) / DAY_MS);
