import { ES, numberOf, wordsFor } from './numbers.ts';
import type { Said } from './said.ts';

const MONTHS: Record<string, number> = {
  enero: 1,
  febrero: 2,
  marzo: 3,
  abril: 4,
  mayo: 5,
  junio: 6,
  julio: 7,
  agosto: 8,
  septiembre: 9,
  setiembre: 9,
  octubre: 10,
  noviembre: 11,
  diciembre: 12,
};

/** As said, and as speech recognition spells them on a bad line. */
const WEEKDAYS: Record<string, number> = {
  domingo: 0,
  'do mingo': 0,
  lunes: 1,
  'lu nes': 1,
  martes: 2,
  'mar tes': 2,
  miercoles: 3,
  miercole: 3,
  'mier coles': 3,
  jueves: 4,
  juebes: 4,
  'jue ves': 4,
  'jue bes': 4,
  viernes: 5,
  biernes: 5,
  'vier nes': 5,
  sabado: 6,
  savado: 6,
  'sa bado': 6,
};

export const WD = `(?<weekday>${Object.keys(WEEKDAYS).join('|')})`;
export const MONTH = `(?<month>${Object.keys(MONTHS).join('|')})`;
export const DAY = `(?<day>\\d{1,2}|1[°ºo]|1ro|primero|${wordsFor(ES, 1, 31)})`;
export const YEAR =
  '(?: (?:(?:de |del )?(?:ano )?(?<year>(?:19|20)\\d\\d)|del (?:ano )?(?<short>\\d\\d)(?! ?(?:de|al?) )))?';
const MINUTES = `(?:${wordsFor(ES, 10, 59)}|[1-5]\\d)`;
const FIVES = `(?:${['diez', 'quince', 'veinte', 'veinticinco', 'treinta', 'cuarenta', 'cincuenta'].join('|')}|(?:treinta|cuarenta|cincuenta) y cinco|[1-5][05])`;
/** The number before is an hour. */
const HOUR_FOLLOWS = `(?! ?(?:[:.]\\d\\d|hs?\\b|hrs\\b|horas\\b|am\\b|pm\\b|a\\. ?m|p\\. ?m|en punto|y (?:media|cuarto|pico|${MINUTES})\\b|i ?media|menos |de la (?:manana|tarde|noche|madrugada)|del mediodia|a la (?:manana|noche) en punto))`;
/** … and so it is where minutes follow it ("nueve treinta"), unless those are themselves an hour ("nueve, diez y media"). */
const MINUTES_FOLLOW = `(?! (?:${FIVES}|cero ?\\w+)\\b(?! ?(?:[:.]\\d\\d|y |menos |hs|h\\b|de la |am\\b|pm\\b|en punto)))`;
export const NO_HOUR = HOUR_FOLLOWS + MINUTES_FOLLOW;

export const weekdayOf = (word: string | undefined) =>
  word === undefined ? undefined : WEEKDAYS[word.replace(/ +/g, ' ')];
export const dayOf = (word: string) => (/^(?:primero|1ro|1[°ºo])$/.test(word) ? 1 : numberOf(ES, word));
/** "Del 48" is a birth year, "del 27" one to come. */
function yearOf(year: string | undefined): Pick<Said, 'year'> {
  if (year === undefined) return {};
  return { year: year.length === 4 ? Number(year) : Number(year) + (Number(year) < 40 ? 2000 : 1900) };
}

export function dated(groups: Record<string, string | undefined>): Said | null {
  const day = dayOf(groups.day!);
  const weekday = weekdayOf(groups.weekday);
  return {
    kind: weekday === undefined ? 'date' : 'weekday_and_date',
    ...(weekday !== undefined && { weekday }),
    day,
    month: MONTHS[groups.month!]!,
    ...yearOf(groups.year ?? groups.short),
  };
}

export const ofWeek =
  (which: Said['which'], beyond = 0) =>
  (groups: Record<string, string | undefined>): Said => ({
    kind: 'weekday',
    weekday: weekdayOf(groups.weekday)!,
    ...(which !== undefined && { which }),
    ...(beyond > 0 && { beyond }),
  });

export const inDays = (days: number) => (): Said => ({ kind: 'relative', days });

export const SOME_WEEKDAY = new RegExp(Object.keys(WEEKDAYS).join('|'));
export const SOME_MONTH = new RegExp(Object.keys(MONTHS).join('|'));
