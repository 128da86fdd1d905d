import { dayOf, weekdayOf } from '../calendar.ts';

/** True for a day of the calendar, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const MONTHS = [
  ...['january jan enero ene', 'february feb febrero', 'march mar marzo', 'april apr abril abr', 'may mayo'],
  ...['june jun junio', 'july jul julio', 'august aug agosto ago', 'september sep sept septiembre setiembre set'],
  ...['october oct octubre', 'november nov noviembre', 'december dec diciembre dic'],
].map((names) => names.split(' '));

/** From Sunday on. `mar` is missing because it is a month, too. */
const WEEKDAYS = [
  ...['sunday sun domingo dom', 'monday mon lunes lun', 'tuesday tue tues martes', 'wednesday wed miercoles mie'],
  ...['thursday thu thurs jueves jue', 'friday fri viernes vie', 'saturday sat sabado sab'],
].map((names) => names.split(' '));

const WEEKDAY = WEEKDAYS.flat().join('|');
const weekdayNamed = (name: string | undefined): number => WEEKDAYS.findIndex((names) => names.includes(name ?? ''));

const iso = (year: string, month: number | string, day: number | string): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

const named = (year: string, month: string, day: string): string =>
  iso(year, MONTHS.findIndex((names) => names.includes(month)) + 1, day === 'primero' ? 1 : day);

/** Decides which of two numbers is the month, where only one of them can be, or where both give the same day. */
function numbered(year: string, first: string, second: string): string | undefined {
  const [a, b] = [Number(first), Number(second)];
  if (a !== b && a <= 12 && b <= 12) return undefined;
  return a > 12 ? iso(year, second, first) : iso(year, first, second);
}

const FORMS: [RegExp, (...parts: string[]) => string | undefined][] = [
  [/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/, (year, _separator, month, day) => iso(year!, month!, day!)],
  [/^(\d{4})(\d{2})(\d{2})$/, (year, month, day) => iso(year!, month!, day!)],
  [/^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/, (first, _separator, second, year) => numbered(year!, first!, second!)],
  [
    /^(\d{1,2}|primero)(?:st|nd|rd|th|o|ro)?[ -](?:de |of )?([a-z]+)\.?,?[ -](?:del? )?(\d{4})$/,
    (day, month, year) => named(year!, month!, day!),
  ],
  [/^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/, (month, day, year) => named(year!, month!, day!)],
];

const WEEKDAY_FIRST = new RegExp(`^(?:el |on |the )?(?:(${WEEKDAY})\\.?,? )?(?:the |el )?(.+)$`);
const SAID_AGAIN = new RegExp(`^(.+?)(?: ?\\(([^()]+)\\)|,? (${WEEKDAY}))$`);

/**
 * The day of a folded text that contains a day with its year and nothing else: `2026-12-01`, `20261201`, `25/11/2026`, `martes 1 de
 * diciembre de 2026`. Undefined: there is no such day, or it is ambiguous (`05/11/2026`, the weekday of another date, two days, a
 * condition).
 */
export function readDay(text: string): string | undefined {
  const [, before = text, inBrackets, behind] = SAID_AGAIN.exec(text) ?? [];
  const again = inBrackets ?? behind;
  const [, weekday, rest = ''] = WEEKDAY_FIRST.exec(before) ?? [];
  for (const [form, make] of FORMS) {
    const match = form.exec(rest);
    if (!match) continue;
    const day = make(...match.slice(1));
    if (day === undefined || !isDay(day)) return undefined;
    const fits = (name: string): boolean => weekdayNamed(name) === weekdayOf(dayOf(day));
    if (weekday && !fits(weekday)) return undefined;
    return again === undefined || fits(again) || readDay(again) === day ? day : undefined;
  }
  return undefined;
}
