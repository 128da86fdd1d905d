import type { Random } from '../../random.ts';
import { type Day, dayAfter, daysBetween, mondayOf, monthOf, numberOf, weekdayOf } from '../calendar.ts';
import type { Region } from '../types.ts';
import { ordinal, ordinalInWords } from './numbers.ts';

export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
];

export const weekday = (day: Day): string => WEEKDAYS[weekdayOf(day)]!;

export const dayNumber = (random: Random, day: Day): string =>
  random.chance(0.35) ? ordinal(numberOf(day)) : ordinalInWords(numberOf(day));

/** Ways that count from the day of the call. */
function relative(random: Random, day: Day, called: Day, region: Region): string[] {
  const away = daysBetween(called, day);
  const name = weekday(day);
  const number = () => dayNumber(random, day);
  const nextWeek = mondayOf(day) === dayAfter(mondayOf(called), 7);
  const ways: string[] = [];
  if (away === 0) ways.push('today', 'later today', `today, ${name}`);
  if (away === 1)
    ways.push('tomorrow', `tomorrow, ${name}`, `tomorrow the ${number()}`, `tomorrow, ${name} the ${number()}`);
  if (away === 2) ways.push('the day after tomorrow', `the day after tomorrow, ${name}`);
  if (away === 7) ways.push('a week from today', `a week from today, ${name}`);
  if (away === 14)
    ways.push(
      'two weeks from today',
      'in two weeks',
      ...(region === 'uk' ? ['in a fortnight', 'a fortnight today'] : []),
    );
  if (away > 0 && away < 7) ways.push(name, name, `this ${name}`, `this coming ${name}`);
  // Late in the week the next one is the coming one in both readings.
  if (away > 2 && away < 7 && nextWeek && [4, 5, 6].includes(weekdayOf(called))) ways.push(`next ${name}`);
  if (away > 7 && away < 14)
    ways.push(
      ...(region === 'uk'
        ? [`${name} week`, `a week on ${name}`]
        : [`a week from ${name}`, `a week from this ${name}`]),
    );
  return ways;
}

/** Ways that name the date. */
function absolute(random: Random, day: Day, region: Region): string[] {
  const name = weekday(day);
  const number = () => dayNumber(random, day);
  const month = MONTHS[monthOf(day)]!;
  const here =
    region === 'uk'
      ? [`the ${number()} of ${month}`, `${name} ${number()} ${month}`]
      : [`${month} ${number()}`, `${name}, ${month} ${number()}`];
  return [
    `${name} the ${number()}`,
    `${name} the ${number()}`,
    `${name} the ${number()}`,
    `${name} the ${number()} of ${month}`,
    `the ${number()}`,
    ...here,
  ];
}

export type DayStyle = 'any' | 'relative' | 'absolute';

/** A day as it is said by whoever names it for the first time: it means that day and no other. */
export function sayDay(random: Random, day: Day, called: Day, region: Region, style: DayStyle): string {
  const counted = relative(random, day, called, region);
  if (style === 'absolute') return random.pick(absolute(random, day, region));
  if (counted.length > 0 && (style === 'relative' || random.chance(0.35))) return random.pick(counted);
  return random.pick(absolute(random, day, region));
}

/** As it is said again. */
export function sayDayAgain(random: Random, day: Day, called: Day): string {
  if (daysBetween(called, day) === 1 && random.chance(0.4)) return 'tomorrow';
  if (random.chance(0.4)) return weekday(day);
  return random.chance(0.2) ? `the ${dayNumber(random, day)}` : `${weekday(day)} the ${dayNumber(random, day)}`;
}

/** A weekday beside a number that is another day's. */
export const wrongWeekday = (random: Random, day: Day): string =>
  `${WEEKDAYS[(weekdayOf(day) + random.pick([1, 2, 5, 6])) % 7]} the ${dayNumber(random, day)}`;

/** `on Tuesday`, `tomorrow`. */
export const on = (said: string): string =>
  /^(to|the day after|in |a |two |later)/.test(said) || /^(this|next) /.test(said) ? said : `on ${said}`;
