import type { Random } from '../random.ts';
import { type Day, dayAfter, type Hour, hourOf, weekdayOf } from './calendar.ts';
import { english } from './en/index.ts';
import { spanish } from './es/index.ts';
import type { Tongue } from './tongue.ts';
import { type Language, type Region, type Slot, TRADES, type Trade } from './types.ts';

/** Who calls whom, when, and about what. */
export interface Scene {
  language: Language;
  tongue: Tongue;
  region: Region;
  zone: string;
  called: Day;
  trade: Trade;
  business: string;
  errand: string;
  other_errand: string;
  user: string;
  stranger: string;
  person: string;
  colleague: string;
  /** The appointment that the business gives, where it gives one. */
  slot: Slot;
  /** Another day and another hour. */
  other: Slot;
  request: {
    service_type: string;
    user_name: string;
    preferred_date?: string;
    preferred_time?: string;
    special_requests?: string;
  };
}

const FIRST_DAY = '2026-09-01';
const LAST_DAY_AFTER = 560;
/** Where counting days goes wrong: ends of months and years, leap days, days on which clocks change. */
const EDGES: readonly Day[] = [
  ...['2026-12-31', '2026-12-30', '2027-01-31', '2027-02-28', '2028-02-28', '2028-02-29', '2026-11-30', '2027-04-30'],
  ...['2026-10-31', '2027-03-13', '2027-03-27', '2027-03-31', '2028-01-31', '2027-12-29'],
];

export type Wanted = { away?: readonly number[]; minutes?: readonly number[]; clear_half?: boolean };

export function makeScene(random: Random, language: Language, wanted: Wanted): Scene {
  const tongue = language === 'es' ? spanish : english;
  const region = random.pick(tongue.regions);
  const called = random.chance(0.25) ? random.pick(EDGES) : dayAfter(FIRST_DAY, random.int(0, LAST_DAY_AFTER));
  const trade = random.pick(TRADES);
  const { service, names, errands, others } = tongue.trades[trade];
  const slot = { day: openDay(random, called, trade, wanted.away), hour: hourFor(random, language, trade, wanted) };
  const other = otherThan(random, slot, called, language, trade);
  const user = random.pick(tongue.people);
  const person = random.pick(tongue.staff);
  return {
    language,
    tongue,
    region,
    zone: random.pick(tongue.zones[region]!),
    called,
    trade,
    business: random.pick(names),
    errand: random.pick(errands),
    other_errand: random.pick(others),
    user,
    stranger: random.pick(tongue.strangers),
    person,
    colleague: random.pick(tongue.staff.filter((name) => name !== person)),
    slot,
    other,
    request: {
      service_type: service,
      user_name: user,
      ...(random.chance(0.7) ? { preferred_date: random.pick([slot.day, tongue.weekday(slot.day), other.day]) } : {}),
      ...(random.chance(0.7)
        ? { preferred_time: random.pick([slot.hour, random.pick(tongue.halves[halfOf(slot.hour, language)])]) }
        : {}),
      ...(random.chance(0.3) ? { special_requests: random.pick(errands) } : {}),
    },
  };
}

export function halfOf(hour: Hour, language: Language): 'morning' | 'afternoon' | 'evening' {
  if (hourOf(hour) < 12) return 'morning';
  return hourOf(hour) < (language === 'es' ? 20 : 18) ? 'afternoon' : 'evening';
}

/** Nobody takes this hour, said without its half of the day, for the other one. */
export function halfIsClear(trade: Trade, hour: Hour): boolean {
  const h = hourOf(hour);
  if (trade === 'restaurant') return h >= 12;
  if (h === 8) return ['dentist', 'garage', 'lawyer', 'town_hall'].includes(trade);
  return (h >= 9 && h < 18) || (h === 18 && !['garage', 'physio'].includes(trade));
}

function openDay(random: Random, called: Day, trade: Trade, away?: readonly number[]): Day {
  for (;;) {
    const days = away
      ? random.pick(away)
      : random.pick([random.int(1, 6), random.int(1, 6), random.int(0, 13), random.int(7, 24)]);
    const day = dayAfter(called, days);
    if (trade === 'restaurant' || weekdayOf(day) !== 0 || (away && away.length === 1)) return day;
  }
}

const MINUTES = [0, 0, 0, 0, 30, 30, 30, 15, 45, 15, 45, 10, 20, 40, 50, 5, 25, 35, 55];

function hourFor(random: Random, language: Language, trade: Trade, { minutes = MINUTES, clear_half }: Wanted): Hour {
  const spread: [number, number][] =
    trade === 'restaurant'
      ? language === 'es'
        ? [
            [13, 14],
            [20, 22],
          ]
        : [
            [12, 13],
            [18, 20],
          ]
      : [
          [8, 10],
          [language === 'es' ? 15 : 13, 17],
          [18, 18],
          ...(['physio', 'hairdresser'].includes(trade) ? [[19, 19] as [number, number]] : []),
          ...(trade === 'garage' ? [[7, 7] as [number, number]] : []),
        ];
  for (;;) {
    const [from, to] = random.pick(spread);
    const minute = random.pick(trade === 'restaurant' ? minutes.filter((one) => one % 15 === 0) : minutes);
    const hour = `${String(random.int(from, to)).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    if (random.chance(0.03) && trade !== 'restaurant' && !minutes.every((one) => one !== 0)) return '12:00';
    if (!clear_half || halfIsClear(trade, hour)) return hour;
  }
}

function otherThan(random: Random, slot: Slot, called: Day, language: Language, trade: Trade): Slot {
  for (;;) {
    const day = openDay(random, called, trade);
    const hour = hourFor(random, language, trade, {});
    if (
      weekdayOf(day) !== weekdayOf(slot.day) &&
      day > called &&
      Number(hour.slice(0, 2)) % 12 !== Number(slot.hour.slice(0, 2)) % 12
    )
      return { day, hour };
  }
}
