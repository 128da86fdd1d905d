const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The first moment of a day that many days after this one, by the reader's clock. */
export const dayAfter = (at: Date, days: number): Date =>
  new Date(at.getFullYear(), at.getMonth(), at.getDate() + days);

/** Monday of this week. */
export const weekOf = (at: Date): Date => dayAfter(at, -((at.getDay() + 6) % 7));

/** The bookings of one day, `2026-11-27`, by the reader's clock, as the API is asked for them; of any day where it is not one. */
export function createdOn(day: string | null): Record<string, string> {
  const [, year, month, date] = DAY.exec(day ?? '') ?? [];
  if (year === undefined) return {};
  const first = new Date(Number(year), Number(month) - 1, Number(date));
  return { created_from: first.toISOString(), created_before: dayAfter(first, 1).toISOString() };
}
