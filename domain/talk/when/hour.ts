import type { TimeMention } from './types.ts';

/** The half of the day that was said with an hour. */
export type Half = 'am' | 'pm' | 'dawn' | 'morning' | 'noonish' | 'day' | 'afternoon' | 'evening' | 'night' | 'clock';

/** A time as said, before it is placed in the day. `minute` may be negative ("cinco menos veinte"). */
export interface Hour {
  hour: number;
  minute: number;
  half?: Half;
  vague?: TimeMention['vague'];
  bare?: boolean;
  /** Counts only as one end of a range. */
  weak?: boolean;
}

/** The hour from 0 to 23 of a spoken hour in that half of the day. `clock`: said in 24 hours. */
function placed(hour: number, half: Half): number {
  if (hour > 12 || half === 'clock') return hour;
  const am = hour % 12;
  const pm = am + 12;
  switch (half) {
    case 'am':
    case 'dawn':
      return am;
    // "Las doce de la mañana" is noon.
    case 'morning':
      return hour;
    case 'pm':
    case 'afternoon':
      return pm;
    case 'noonish':
      return hour >= 10 && hour < 12 ? am : pm;
    case 'day':
      return hour >= 6 && hour < 12 ? am : pm;
    case 'evening':
      return hour === 12 ? am : pm;
    case 'night':
      return hour === 12 || hour <= 4 ? am : pm;
  }
}

const clock = (minutes: number): string => {
  const day = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(day / 60)).padStart(2, '0')}:${String(day % 60).padStart(2, '0')}`;
};

/** Businesses are open from seven in the morning to half past nine in the evening. */
const inHours = (time: string) => time >= '07:00' && time <= '21:30';

/** The readings of a spoken hour; undefined when there is no such time. */
export function placesOf({ hour, minute, half }: Hour): { values: string[]; exact: boolean } | undefined {
  if (!(hour >= 0 && hour <= 24 && minute > -60 && minute < 60)) return undefined;
  if (half !== undefined) return { values: [clock(placed(hour, half) * 60 + minute)], exact: true };
  if (hour > 12 || hour === 0) return { values: [clock(hour * 60 + minute)], exact: true };
  const both = [clock((hour % 12) * 60 + minute), clock(((hour % 12) + 12) * 60 + minute)];
  if (!inHours(both[0]!) && inHours(both[1]!)) both.reverse();
  return { values: both, exact: false };
}
