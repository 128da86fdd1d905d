import { EN, EN_ORDINAL, numberOf, wordsFor } from './numbers.ts';
import type { Said } from './said.ts';

const MONTH_NAMES =
  'january|jan 1|february|feb 2|march|mar 3|april|apr 4|may 5|june|jun 6|july|jul 7|august|aug 8|september|sept|sep 9|october|oct 10|november|nov 11|december|dec 12';
const MONTHS: Record<string, number> = {};
for (const group of MONTH_NAMES.matchAll(/([a-z|]+) (\d+)/g)) {
  for (const name of group[1]!.split('|').filter(Boolean)) MONTHS[name] = Number(group[2]);
}

/** As said, shortened, and as speech recognition writes them on a bad line. */
const WEEKDAYS: Record<string, number> = {
  sunday: 0,
  'sun day': 0,
  monday: 1,
  'mon day': 1,
  mondy: 1,
  tuesday: 2,
  tues: 2,
  'choose day': 2,
  chooseday: 2,
  toosday: 2,
  'tues day': 2,
  wednesday: 3,
  weds: 3,
  wensday: 3,
  'wens day': 3,
  'wednes day': 3,
  thursday: 4,
  thurs: 4,
  'thurs day': 4,
  'thirs day': 4,
  friday: 5,
  'fry day': 5,
  'fri day': 5,
  saturday: 6,
  'satur day': 6,
  'sat day': 6,
};

export const WD = `(?<weekday>${Object.keys(WEEKDAYS).join('|')})`;
export const named = (name: string) => WD.replace('<weekday>', `<${name}>`);
export const MONTH = `(?<month>${Object.keys(MONTHS)
  .sort((a, b) => b.length - a.length)
  .join('|')})`;
export const ORDINAL = `(?:\\d{1,2} ?(?:st|nd|rd|th)|${wordsFor(EN_ORDINAL, 1, 31)})`;
export const DAY = `(?<day>${ORDINAL}|\\d{1,2})`;
export const YEAR = '(?:,? (?<year>(?:19|20)\\d\\d))?';
export const NO_CLOCK = "(?! ?(?::\\d|\\.\\d\\d|o'? ?clock|am\\b|pm\\b|a\\.? ?m\\b|p\\.? ?m\\b|/| [0-5]\\d\\b))";
export const MINUTES = `(?:${wordsFor(EN, 10, 59)}|oh \\w+)`;

export const weekdayOf = (word: string | undefined) =>
  word === undefined ? undefined : WEEKDAYS[word.replace(/ +/g, ' ')];
export const dayOf = (word: string) =>
  /^\d/.test(word) ? Number.parseInt(word, 10) : numberOf(EN_ORDINAL, word) || numberOf(EN, word);

export function dated(groups: Record<string, string | undefined>): Said {
  const weekday = weekdayOf(groups.weekday);
  return {
    kind: weekday === undefined ? 'date' : 'weekday_and_date',
    ...(weekday !== undefined && { weekday }),
    day: dayOf(groups.day!),
    month: MONTHS[groups.month!]!,
    ...(groups.year && { year: Number(groups.year) }),
  };
}

export const numbered = (groups: Record<string, string | undefined>): Said => ({
  kind: 'weekday_and_date',
  weekday: weekdayOf(groups.weekday)!,
  day: dayOf(groups.day!),
});

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
