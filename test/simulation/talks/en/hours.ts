import type { Random } from '../../random.ts';
import { type Hour, hourOf, minuteOf } from '../calendar.ts';
import type { Region } from '../types.ts';
import { inWords } from './numbers.ts';

const dial = (hour: number): number => ((hour + 11) % 12) + 1;
const hourWord = (hour: number): string => inWords(dial(hour));
const colon = (hour: number, minute: number): string => `${hour}:${String(minute).padStart(2, '0')}`;

function onTheDial(random: Random, hour: Hour, region: Region): string {
  const h = hourOf(hour);
  const m = minuteOf(hour);
  const spoken = m < 10 ? `oh ${inWords(m)}` : inWords(m);
  if (m === 0) return random.pick([hourWord(h), hourWord(h), `${hourWord(h)} o'clock`, String(dial(h))]);
  if (random.chance(0.35)) return `${hourWord(h)} ${spoken}`;
  if (random.chance(0.2)) return colon(dial(h), m);
  const past = region === 'us' ? random.pick(['past', 'after']) : 'past';
  const a = random.pick(['', 'a ']);
  if (m === 30) return region === 'uk' && random.chance(0.5) ? `half ${hourWord(h)}` : `half past ${hourWord(h)}`;
  if (m === 15) return `${a}quarter ${past} ${hourWord(h)}`;
  if (m === 45) return `${a}quarter ${random.chance(0.1) && region === 'us' ? 'till' : 'to'} ${hourWord(h + 1)}`;
  return m < 30 ? `${inWords(m)} ${past} ${hourWord(h)}` : `${inWords(60 - m)} to ${hourWord(h + 1)}`;
}

/** Which half of the day, in words. */
export function half(hour: Hour): string {
  const h = hourOf(hour);
  if (h < 12) return 'in the morning';
  return h < 18 ? 'in the afternoon' : 'in the evening';
}

function clear(random: Random, hour: Hour, region: Region): string {
  const h = hourOf(hour);
  const m = minuteOf(hour);
  const pm = random.pick(h < 12 ? ['am', 'a.m.', 'AM'] : ['pm', 'p.m.', 'PM']);
  if (region === 'uk' && h > 12 && random.chance(0.2)) return colon(h, m);
  const digits = m === 0 ? String(dial(h)) : colon(dial(h), m);
  return random.chance(0.5) ? `${digits} ${pm}` : `${digits}${pm}`;
}

/** @returns `half past four`; the same with its half of the day where it is to be `sure` */
export function sayHour(
  random: Random,
  hour: Hour,
  region: Region,
  { sure, words }: { sure: boolean; words: boolean },
): string {
  if (hour === '12:00') return random.pick(['noon', 'twelve noon', 'twelve', ...(region === 'uk' ? ['midday'] : [])]);
  if (sure && !words && random.chance(0.4)) return clear(random, hour, region);
  const said = onTheDial(random, hour, region);
  return sure ? `${said} ${half(hour)}` : said;
}
