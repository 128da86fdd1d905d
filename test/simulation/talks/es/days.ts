import type { Random } from '../../random.ts';
import { type Day, dayAfter, daysBetween, mondayOf, monthOf, numberOf, weekdayOf } from '../calendar.ts';
import type { Region } from '../types.ts';
import { inWords } from './numbers.ts';

export const WEEKDAYS = ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'];
export const MONTHS = [
  ...['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre'],
  ...['noviembre', 'diciembre'],
];

export const weekday = (day: Day): string => WEEKDAYS[weekdayOf(day)]!;

export function dayNumber(random: Random, day: Day, region: Region): string {
  const number = numberOf(day);
  if (number === 1) return region === 'es' ? random.pick(['1', 'uno', 'primero']) : random.pick(['1', 'primero']);
  return random.chance(0.45) ? String(number) : inWords(number);
}

/** Ways that count from the day of the call. */
function relative(random: Random, day: Day, called: Day, region: Region): string[] {
  const away = daysBetween(called, day);
  const name = weekday(day);
  const number = () => dayNumber(random, day, region);
  const nextWeek = mondayOf(day) === dayAfter(mondayOf(called), 7);
  const ways: string[] = [];
  if (away === 0) ways.push('hoy', 'hoy mismo', `hoy ${name}`);
  if (away === 1) ways.push('mañana', `mañana ${name}`, `mañana ${number()}`, `mañana ${name} ${number()}`);
  if (away === 2) ways.push('pasado mañana', `pasado mañana ${name}`, ...(region === 'ar' ? ['pasado'] : []));
  if (away === 7 && ['mx', 'co'].includes(region)) ways.push('de hoy en ocho');
  if (away === 14) ways.push('en quince días', 'en dos semanas', 'dentro de quince días', `en quince días, el ${name}`);
  if (away > 0 && away < 7) ways.push(`este ${name}`, `el ${name}`, `el ${name}`);
  if (away > 2 && away < 7 && nextWeek)
    ways.push(`el ${name} que viene`, `el próximo ${name}`, `el ${name} de la semana que viene`);
  if (away > 7 && nextWeek) ways.push(`el ${name} de la semana que viene`);
  return ways;
}

/** Ways that name the date. */
function absolute(random: Random, day: Day, called: Day, region: Region): string[] {
  const name = weekday(day);
  const number = () => dayNumber(random, day, region);
  const month = MONTHS[monthOf(day)]!;
  return [
    `el ${name} ${number()}`,
    `el ${name} ${number()}`,
    `el ${name} ${number()}`,
    `el ${name} ${number()} de ${month}`,
    `el ${number()} de ${month}`,
    `el día ${number()}`,
    `el ${number()}, ${name}`,
    ...(monthOf(day) === monthOf(called) ? [] : [`el ${number()} del mes que viene`]),
  ];
}

export type DayStyle = 'any' | 'relative' | 'absolute';

/** A day as it is said by whoever names it for the first time: it means that day and no other. */
export function sayDay(random: Random, day: Day, called: Day, region: Region, style: DayStyle): string {
  const counted = relative(random, day, called, region);
  if (style === 'absolute') return random.pick(absolute(random, day, called, region));
  if (counted.length > 0 && (style === 'relative' || random.chance(0.35))) return random.pick(counted);
  return random.pick(absolute(random, day, called, region));
}

/** As it is said again. */
export function sayDayAgain(random: Random, day: Day, called: Day, region: Region): string {
  const away = daysBetween(called, day);
  if (away === 1 && random.chance(0.4)) return 'mañana';
  if (random.chance(0.4)) return `el ${weekday(day)}`;
  return random.chance(0.2)
    ? `el ${dayNumber(random, day, region)}`
    : `el ${weekday(day)} ${dayNumber(random, day, region)}`;
}

/** A weekday beside a number that is another day's. */
export const wrongWeekday = (random: Random, day: Day, region: Region): string =>
  `el ${WEEKDAYS[(weekdayOf(day) + random.pick([1, 2, 5, 6])) % 7]} ${dayNumber(random, day, region)}`;

/** `el martes 5` without its article, where a sentence has one or wants none. */
export const bare = (said: string): string => said.replace(/^el (?=\S)/, '');
