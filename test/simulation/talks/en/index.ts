import { type Day, numberOf } from '../calendar.ts';
import type { Tongue } from '../tongue.ts';
import { ENGLISH } from '../types.ts';
import { AGREEING } from './agreeing.ts';
import { AROUND } from './around.ts';
import { dayNumber, on, sayDay, sayDayAgain, weekday, wrongWeekday } from './days.ts';
import { sayHour } from './hours.ts';
import { inWords, ordinalInWords } from './numbers.ts';
import { OPENING } from './opening.ts';
import * as scenery from './scenery.ts';
import { SIDE } from './side-talk.ts';
import { SPOILING } from './spoiling.ts';

const GARBLED: Record<string, readonly string[]> = {
  Monday: ['mundane', 'mon day'],
  Tuesday: ['chews day', 'to stay'],
  Wednesday: ['wins day', 'wend say'],
  Thursday: ['thirsty', 'thurs they'],
  Friday: ['fry day', 'fried a'],
  Saturday: ['satter day', 'sat a day'],
  Sunday: ['some day', 'son day'],
};

export const english: Tongue = {
  regions: ENGLISH,
  zones: {
    us: ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'],
    uk: ['Europe/London', 'Europe/Dublin'],
  },
  phrases: { ...OPENING, ...AGREEING, ...AROUND, ...SPOILING },
  side: SIDE,
  trades: scenery.TRADES_EN,
  people: scenery.PEOPLE,
  strangers: scenery.STRANGERS,
  staff: scenery.STAFF,
  streets: scenery.STREETS,
  digits: scenery.DIGITS,
  prices: scenery.PRICES,
  halves: scenery.HALVES,
  sayDay,
  sayDayAgain,
  sayDate: (random, day) => `${weekday(day)} the ${dayNumber(random, day)}`,
  namesDate: (said) =>
    /\d|\b\S*(first|second|third|th|twent\S+|thirt\S+)\b/.test(said) && !/month|fortnight/.test(said),
  bareDay: (said) => said,
  onDay: on,
  sayHour: (random, hour, region, how) => {
    const said = sayHour(random, hour, region, how);
    return { at: `at ${said}`, bare: said };
  },
  wrongWeekday,
  garbledDay: (random, day: Day) => `${random.pick(GARBLED[weekday(day)]!)} the ${ordinalInWords(numberOf(day))}`,
  weekday,
  letters: (name) => [...name.toUpperCase()].join(', '),
  inWords,
  fillers: ['uh', 'um', 'well', 'so', 'er'],
  sounds: ['[noise]', '[static]', '[cough]', '[voices]', '[...]'],
};
