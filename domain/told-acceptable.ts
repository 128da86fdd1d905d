import type { Acceptable } from './acceptable.ts';
import type { Spoken } from './prompts.ts';
import { WEEKDAY_NAMES, weekdayName } from './told-days.ts';

type Words = {
  dates: (from: string, to: string) => string;
  day: (date: string) => string;
  weekdays: (names: string) => string;
  times: (from: string, to: string) => string;
  or: string;
};

const WORDS: Record<Spoken, Words> = {
  es: {
    dates: (from, to) => `del ${from} al ${to}`,
    day: (date) => `el ${date}`,
    weekdays: (names) => `sólo ${names}`,
    times: (from, to) => `desde las ${from} y antes de las ${to}`,
    or: ' o ',
  },
  en: {
    dates: (from, to) => `from ${from} to ${to}`,
    day: (date) => `on ${date}`,
    weekdays: (names) => `only ${names}`,
    times: (from, to) => `from ${from} and before ${to}`,
    or: ' or ',
  },
};

/** The appointments that an agent may take, in words: its dynamic variable `acceptable`; `''`: any. Dates in ISO format, times HH:MM. */
export function toldAcceptable(acceptable: Acceptable | undefined, language: Spoken): string {
  const { dates, day, weekdays, times, or } = WORDS[language];
  const named = (date: string): string => `${weekdayName(date, language)} ${date}`;
  const parts = [
    acceptable?.dates?.map(({ from, to }) => (from === to ? day(named(from)) : dates(named(from), named(to)))).join(or),
    acceptable?.weekdays && weekdays(acceptable.weekdays.map((each) => WEEKDAY_NAMES[language][each]).join(or)),
    acceptable?.times?.map(({ from, to }) => times(from, to)).join(or),
  ];
  return parts.filter(Boolean).join('; ');
}
