import { dayAt, dayOf, isoOf, weekdayOf, yearAndMonth } from '../../calendar.ts';
import type { Said } from './said.ts';
import type { DayMention } from './types.ts';

/** A date without a year at most this many days ago means that past date, not next year's. */
const PAST_DAYS = 90;
/** A day of the month at most this many days ago may be meant. */
const RECENT_DAYS = 14;
/** Without a weekday only this many: "the second", said on the fourth. */
const LATELY_DAYS = 7;
/** A day of the month alone is searched in this many days from the call. */
const NUMBER_DAYS = 62;

type Meaning = Pick<DayMention, 'values' | 'conflict' | 'past'>;

const NOTHING: Meaning = { values: [] };
const CONFLICT: Meaning = { values: [], conflict: true };

function weekdays(said: Said, today: number): Meaning {
  const ahead = (said.weekday! - weekdayOf(today) + 7) % 7;
  const nearest = today + (ahead || 7);
  const monday = today - ((weekdayOf(today) + 6) % 7);
  const inWeek = (week: number) => monday + week * 7 + ((said.weekday! + 6) % 7);
  // "Monday week", said on a Monday, is in one week for some and in two for others.
  if (said.beyond) return days(ahead === 0 ? [today + said.beyond, nearest + said.beyond] : [nearest + said.beyond]);
  // On a Sunday the next week begins in an hour for some, in a week for others.
  if (typeof said.which === 'object') {
    const { week } = said.which;
    return days(week > 0 && weekdayOf(today) === 0 ? [inWeek(week), inWeek(week + 1)] : [inWeek(week)]);
  }
  if (said.which) return days(inWeek(1) === nearest ? [nearest] : [nearest, inWeek(1)]);
  return days(ahead === 0 ? [nearest, today] : [nearest]);
}

const days = (all: number[]): Meaning => ({ values: all.map(isoOf) });

/** The dates of a day of the month from `RECENT_DAYS` before the call to `NUMBER_DAYS` after it. */
function numbered(day: number, today: number): { before: number[]; ahead: number[] } {
  const { year, month } = yearAndMonth(today);
  const before: number[] = [];
  const ahead: number[] = [];
  for (let m = month - 1; m <= month + 3; m++) {
    const date = dayAt(year, m, day);
    if (date === undefined) continue;
    if (date < today && today - date <= RECENT_DAYS) before.push(date);
    if (date >= today && date - today <= NUMBER_DAYS) ahead.push(date);
  }
  return { before, ahead };
}

/**
 * A day of the month without a month, with or without its weekday. Another month than the nearest is never guessed to make a weekday fit:
 * that would confirm a wrong day.
 */
function dayNumber(said: Said, today: number): Meaning {
  if (said.day! < 1 || said.day! > 31) return NOTHING;
  const { before, ahead } = numbered(said.day!, today);
  if (said.weekday === undefined) {
    const recent = before.some((date) => today - date <= LATELY_DAYS);
    return { values: ahead.slice(0, 2).map(isoOf), ...(recent && { past: true }) };
  }
  const fits = (date: number | undefined) => date !== undefined && weekdayOf(date) === said.weekday;
  const coming = fits(ahead[0]) ? [ahead[0]!] : [];
  // With the same distance in both directions, the future is meant: "Wednesday the seventeenth", said a fortnight after the last one.
  const past = before.filter((date) => fits(date) && !(coming[0] !== undefined && coming[0] - today <= today - date));
  if (past.length > 0) return { values: [...coming, ...past].map(isoOf), past: true };
  return coming.length > 0 ? { values: coming.map(isoOf) } : CONFLICT;
}

/** A day and a month, with or without year and weekday. */
function dated(said: Said, today: number): Meaning {
  const { year } = yearAndMonth(today);
  const fits = (date: number) => said.weekday === undefined || weekdayOf(date) === said.weekday;
  const years = said.year === undefined ? [year - 1, year, year + 1] : [said.year];
  const dates = years.map((y) => dayAt(y, said.month!, said.day!)).filter((date) => date !== undefined);
  if (said.year !== undefined) {
    const date = dates[0];
    if (date === undefined) return NOTHING;
    return fits(date) ? { values: [isoOf(date)], ...(date < today && { past: true }) } : CONFLICT;
  }
  const recent = dates.find((date) => date < today && today - date <= PAST_DAYS);
  if (recent !== undefined) return fits(recent) ? { values: [isoOf(recent)], past: true } : { ...CONFLICT, past: true };
  const coming = dates.find((date) => date >= today && date - today <= 366);
  if (coming === undefined) return NOTHING;
  return fits(coming) ? { values: [isoOf(coming)] } : CONFLICT;
}

function monthFromNow(said: Said, today: number): Meaning {
  const { year, month } = yearAndMonth(today);
  const date = dayAt(year, month + said.months!, said.day!);
  if (date === undefined) return NOTHING;
  if (said.weekday !== undefined && weekdayOf(date) !== said.weekday) return CONFLICT;
  return { values: [isoOf(date)], ...(date < today && { past: true }) };
}

/** "4/2": day and month in the language's order; in English in both, the nearer first. */
function stroke(said: Said, today: number): Meaning {
  const [a, b] = said.stroke!;
  const orders = said.strokeOrder === 'either' && a !== b ? [[a, b] as const, [b, a] as const] : [[a, b] as const];
  const meanings = orders
    .filter(([day, month]) => month >= 1 && month <= 12 && day >= 1)
    .map(([day, month]) => dated({ ...said, day, month }, today));
  const values = meanings.flatMap((meaning) => meaning.values).sort();
  if (values.length > 0) {
    return { values, ...(meanings.every((meaning) => meaning.past || meaning.values.length === 0) && { past: true }) };
  }
  return meanings.some((meaning) => meaning.conflict) ? CONFLICT : NOTHING;
}

/** The possible dates of a spoken day, counted from the call's day (local ISO day). */
export function resolve(said: Said, callDate: string): Meaning {
  const today = dayOf(callDate);
  if (said.stroke) return stroke(said, today);
  if (said.days !== undefined) return { values: [isoOf(today + said.days)] };
  if (said.months !== undefined) return monthFromNow(said, today);
  if (said.month !== undefined) return dated(said, today);
  if (said.day !== undefined) return dayNumber(said, today);
  return weekdays(said, today);
}
