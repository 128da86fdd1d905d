import type { Random } from '../../random.ts';
import { type Hour, hourOf, minuteOf } from '../calendar.ts';
import type { Region } from '../types.ts';
import { inWords } from './numbers.ts';

const toTheNext = (region: Region): boolean => ['mx', 'cl', 'co'].includes(region);

const dial = (hour: number): number => ((hour + 11) % 12) + 1;

const hourWord = (hour: number): string => (dial(hour) === 1 ? 'una' : inWords(dial(hour)));

const minutes = (random: Random, minute: number): string => (random.chance(0.3) ? String(minute) : inWords(minute));

/** Ways to say an hour on a dial of twelve, with the article that goes before it. */
function onTheDial(random: Random, hour: Hour, region: Region): { article: string; words: string } {
  const h = hourOf(hour);
  const m = minuteOf(hour);
  const this_one = random.chance(0.3) ? String(dial(h)) : hourWord(h);
  const next = random.chance(0.2) ? String(dial(h + 1)) : hourWord(h + 1);
  const article = (of: number): string => (dial(of) === 1 ? 'la' : 'las');
  const past = (words: string) => ({ article: article(h), words: `${this_one}${words}` });
  if (m === 0) return past(random.chance(0.1) ? ' en punto' : '');
  const plain = random.chance(0.3)
    ? past(` ${minutes(random, m)}`)
    : { article: article(h), words: `${dial(h)}:${String(m).padStart(2, '0')}` };
  if (m === 30) return random.chance(0.75) ? past(' y media') : plain;
  if (m === 15) return random.chance(0.75) ? past(' y cuarto') : plain;
  if (m < 30) return random.chance(0.75) ? past(` y ${minutes(random, m)}`) : plain;
  if (random.chance(0.25)) return plain;
  const left = m === 45 ? 'cuarto' : minutes(random, 60 - m);
  if (!toTheNext(region)) return { article: article(h + 1), words: `${next} menos ${left}` };
  const quarter = m === 45 && random.chance(0.4) ? `un ${left}` : left;
  return { article: '', words: `${quarter} para ${article(h + 1)} ${next}` };
}

/** Which half of the day, in words. */
export function half(random: Random, hour: Hour, region: Region): string {
  const h = hourOf(hour);
  if (h < 12) return random.pick(region === 'ar' ? ['de la mañana', 'a la mañana'] : ['de la mañana']);
  if (h === 12) return ['mx', 'co'].includes(region) ? 'del día' : 'del mediodía';
  if (h === 19) return ['ar', 'es'].includes(region) ? 'de la tarde' : 'de la noche';
  return h < 19 ? 'de la tarde' : 'de la noche';
}

/** By the clock of twenty-four hours, or with am and pm. */
function clear(random: Random, hour: Hour, region: Region): { article: string; words: string } {
  const h = hourOf(hour);
  const m = minuteOf(hour);
  const digits = m === 0 ? String(h) : `${h}:${String(m).padStart(2, '0')}`;
  const short = m === 0 ? String(dial(h)) : `${dial(h)}:${String(m).padStart(2, '0')}`;
  const pm = h < 12 ? 'am' : 'pm';
  if (toTheNext(region) && random.chance(0.6)) {
    return {
      article: dial(h) === 1 ? 'la' : 'las',
      words: `${short} ${random.pick([pm, pm, pm === 'am' ? 'a.m.' : 'p.m.'])}`,
    };
  }
  if (h < 13 && m === 0) return { article: 'las', words: `${inWords(h)} ${half(random, hour, region)}` };
  const unit = region === 'ar' ? random.pick([' hs', ' horas', '']) : random.pick([' horas', '', '']);
  if (h > 12 && random.chance(0.25)) {
    return { article: 'las', words: `${inWords(h)}${m === 0 ? ' horas' : ` ${random.pick(['', 'y '])}${inWords(m)}`}` };
  }
  // A bare 8 could be eight in the evening.
  return { article: 'las', words: `${h < 13 ? digits.padStart(5, '0') : digits}${unit}` };
}

export interface SaidHour {
  /** `a las cuatro`. */
  at: string;
  /** `cuatro`. */
  bare: string;
}

/**
 * @param sure whoever hears it alone knows which half of the day is meant
 * @param words never as a clock shows it
 */
export function sayHour(
  random: Random,
  hour: Hour,
  region: Region,
  { sure, words }: { sure: boolean; words: boolean },
): SaidHour {
  if (hour === '12:00' && random.chance(0.5)) {
    return random.pick([
      { at: 'al mediodía', bare: 'mediodía' },
      { at: `a las doce ${half(random, hour, region)}`, bare: 'doce del mediodía' },
    ]);
  }
  const clock = sure && !words && random.chance(0.4);
  const { article, words: said } = clock ? clear(random, hour, region) : onTheDial(random, hour, region);
  const whole = sure && !clock ? `${said} ${half(random, hour, region)}` : said;
  return { at: article ? `a ${article} ${whole}` : `a ${whole}`, bare: whole };
}
