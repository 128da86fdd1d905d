const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The first moment of a day that many days after this one, by the reader's clock. */
export const dayAfter = (at: Date, days: number): Date =>
  new Date(at.getFullYear(), at.getMonth(), at.getDate() + days);

/** Monday of this week. */
export const weekOf = (at: Date): Date => dayAfter(at, -((at.getDay() + 6) % 7));

/** A day, `2026-11-27`, by the reader's clock, as two instants; undefined where it is not one. */
export function dayRange(day: string | null): { from: string; before: string } | undefined {
  const [, year, month, date] = DAY.exec(day ?? '') ?? [];
  if (year === undefined) return undefined;
  const first = new Date(Number(year), Number(month) - 1, Number(date));
  return { from: first.toISOString(), before: dayAfter(first, 1).toISOString() };
}

/** The bookings of one day, as the API is asked for them; of any day where it is not one. */
export function createdOn(day: string | null): Record<string, string> {
  const range = dayRange(day);
  return range ? { created_from: range.from, created_before: range.before } : {};
}
