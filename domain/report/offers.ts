import type { Offer } from '../result.ts';
import { readDayAndTime } from './day-and-time.ts';
import { type Fields, fieldsIn } from './envelope.ts';
import { storable, textOf } from './plain-text.ts';

/** A model that lists more has misunderstood. */
const MOST = 20;
const NOTE_MAX = 500;

function listIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string') return value === undefined || value === null ? [] : [value];
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch {
    return value.split(/[;\n]/);
  }
}

function partsOf(item: unknown): Fields | undefined {
  if (typeof item === 'string') return /^\s*[[{]/.test(item) ? fieldsIn(item) : { date: item };
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as Fields) : undefined;
}

function offerOf(item: unknown): Offer | undefined {
  const { date, time, note } = partsOf(item) ?? {};
  const { confirmed_date, confirmed_time, time_half_unknown } = readDayAndTime(date, time);
  if (confirmed_date === undefined) return undefined;
  const given = textOf(note);
  const words = [time_half_unknown ? textOf(time) : undefined, given].filter((text) => text !== undefined).join('; ');
  return {
    date: confirmed_date,
    ...(confirmed_time === undefined || time_half_unknown ? {} : { time: confirmed_time }),
    ...(words === '' ? {} : { note: storable(words, NOTE_MAX) }),
  };
}

/** The readable ones of a report's offers. Those without a day are left out: they never spoil a report that is clear without them. */
export const readOffers = (value: unknown): Offer[] =>
  listIn(value)
    .slice(0, MOST)
    .map(offerOf)
    .filter((offer) => offer !== undefined);
