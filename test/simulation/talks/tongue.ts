import type { Random } from '../random.ts';
import type { Act } from './acts.ts';
import type { Day, Hour } from './calendar.ts';
import type { Lines } from './template.ts';
import type { Region, Trade } from './types.ts';

export type DayStyle = 'any' | 'relative' | 'absolute';

export interface SaidHour {
  /** `a las cuatro`, `at four`. */
  at: string;
  /** `cuatro`, `four`. */
  bare: string;
}

interface TradeWords {
  service: string;
  names: readonly string[];
  errands: readonly string[];
  others: readonly string[];
}

/** One language, as the adversary speaks it. The product’s reader shares none of it. */
export interface Tongue {
  regions: readonly Region[];
  zones: Partial<Record<Region, readonly string[]>>;
  phrases: Record<Act, Lines>;
  side: Record<Trade | 'all', readonly (readonly [asked: string, answered: string])[]>;
  trades: Record<Trade, TradeWords>;
  people: readonly string[];
  strangers: readonly string[];
  staff: readonly string[];
  streets: readonly string[];
  digits: readonly string[];
  prices: readonly string[];
  halves: Record<'morning' | 'afternoon' | 'evening', readonly string[]>;
  /** A day as it is said for the first time: it means that day and no other. */
  sayDay(random: Random, day: Day, called: Day, region: Region, style: DayStyle): string;
  sayDayAgain(random: Random, day: Day, called: Day, region: Region): string;
  /** Weekday and number. */
  sayDate(random: Random, day: Day, region: Region): string;
  /** Whether what was said has the day’s number in it. */
  namesDate(said: string): boolean;
  /** A day without its article. */
  bareDay(said: string): string;
  onDay(said: string): string;
  sayHour(random: Random, hour: Hour, region: Region, how: { sure: boolean; words: boolean }): SaidHour;
  /** A weekday beside the number of another day. */
  wrongWeekday(random: Random, day: Day, region: Region): string;
  /** The name of a day that a recogniser took for other words. */
  garbledDay(random: Random, day: Day, region: Region): string;
  weekday(day: Day): string;
  letters(name: string): string;
  inWords(number: number): string;
  fillers: readonly string[];
  sounds: readonly string[];
}
