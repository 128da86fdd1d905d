/** Days as ISO dates: `2026-11-25`. */
export type Day = string;

export function dayAfter(day: Day, days: number): Day {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay();

export const numberOf = (day: Day): number => Number(day.slice(8));

/** 0 is January. */
export const monthOf = (day: Day): number => Number(day.slice(5, 7)) - 1;

export const daysBetween = (from: Day, to: Day): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

/** The Monday of the week that a day is in. */
export const mondayOf = (day: Day): Day => dayAfter(day, -((weekdayOf(day) + 6) % 7));

/** An hour of the day, `HH:MM`. */
export type Hour = string;

export const hourOf = (hour: Hour): number => Number(hour.slice(0, 2));
export const minuteOf = (hour: Hour): number => Number(hour.slice(3));

export function hourAfter(hour: Hour, minutes: number): Hour {
  const at = (hourOf(hour) * 60 + minuteOf(hour) + minutes + 1440) % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}
