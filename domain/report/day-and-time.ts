import type { Report, UnclearField } from '../result.ts';
import { readDay } from './calendar-date.ts';
import { type ClockTime, readClock } from './clock-time.ts';
import { folded, storable, textOf, VALUE_MAX } from './plain-text.ts';

/** One field as read: a day, a time, or both. `zoned`: its time has a zone, which may differ from the business's. */
interface Said {
  day?: string | undefined;
  clock?: ClockTime | undefined;
  zoned: boolean;
}

const STAMP = /^(.+?\d)(?:t|,? (?:at |a las? )?)(\d{1,2}(?::|h|\.\d{2}\b| ?[ap]\.? ?m\b).*)$/;
const ZONE = /(?:z| ?utc| ?gmt|[+-](?:0\d|1[0-4]):?[034][05])(?:\[.+\])?$/;

function readStamp(text: string): Said | undefined {
  const match = STAMP.exec(text);
  if (!match) return undefined;
  const day = readDay(match[1]!);
  const clock = readClock(match[2]!.replace(ZONE, ''));
  return day && clock ? { day, clock, zoned: ZONE.test(match[2]!) } : undefined;
}

/** Undefined: the field has text, but its meaning is unclear. */
function readField(text: string, as: 'day' | 'clock'): Said | undefined {
  if (text.length > VALUE_MAX) return undefined;
  const words = folded(text);
  if (as === 'day') {
    const day = readDay(words);
    if (day) return { day, zoned: false };
  } else {
    const clock = readClock(words);
    if (clock) return { clock, zoned: false };
  }
  return readStamp(words);
}

const sameClock = (a: ClockTime, b: ClockTime): boolean => a.time === b.time && a.half_unknown === b.half_unknown;

/** The exact one of two clocks that differ only in that one of them lacks the half of the day. */
function exactOf(a: ClockTime, b: ClockTime): ClockTime | undefined {
  if (sameClock(a, b)) return a;
  const [exact, bare] = a.half_unknown ? [b, a] : [a, b];
  if (exact.half_unknown || !bare.half_unknown) return undefined;
  const onDial = ({ time }: ClockTime): string => `${Number(time.slice(0, 2)) % 12}${time.slice(2)}`;
  return onDial(exact) === onDial(bare) ? exact : undefined;
}

/** In a field for days, programs write midnight for a day without a time. */
const isBareDay = ({ clock, zoned }: Said): boolean => clock?.time === '00:00' && !zoned;

const NOT_CLEAR = { unclear: true } as const;
type Part<T> = T | typeof NOT_CLEAR | undefined;

function dayOf(inDate: Part<Said>, inTime: Part<Said>): Part<string> {
  const there = inTime && !('unclear' in inTime) ? inTime : undefined;
  if (inDate === undefined) return there?.zoned ? NOT_CLEAR : there?.day;
  if ('unclear' in inDate) return NOT_CLEAR;
  if (there?.day !== undefined && there.day !== inDate.day) return NOT_CLEAR;
  // 00:30 UTC is the evening before in Buenos Aires: the day counts only where the business's own clock agrees.
  if (inDate.zoned && !(there?.clock && sameClock(inDate.clock!, there.clock))) return NOT_CLEAR;
  return inDate.day;
}

function clockOf(inDate: Part<Said>, inTime: Part<Said>): Part<ClockTime> {
  if (inTime && ('unclear' in inTime || inTime.zoned)) return NOT_CLEAR;
  const there = inDate && !('unclear' in inDate) && !inDate.zoned && !isBareDay(inDate) ? inDate.clock : undefined;
  const here = inTime?.clock;
  if (!here || !there) return here ?? there;
  return exactOf(here, there) ?? NOT_CLEAR;
}

/**
 * Reads day and time from two fields of a report together. Unclear parts are left out and reported, never guessed. An empty field is not a
 * fault.
 */
export function readDayAndTime(
  date: unknown,
  time: unknown,
): Pick<Report, 'confirmed_date' | 'confirmed_time' | 'time_half_unknown' | 'unclear' | 'said'> {
  const texts = { confirmed_date: textOf(date), confirmed_time: textOf(time) };
  const read = (text: string | undefined, as: 'day' | 'clock'): Part<Said> =>
    text === undefined ? undefined : (readField(text, as) ?? NOT_CLEAR);
  const inDate = read(texts.confirmed_date, 'day');
  const inTime = read(texts.confirmed_time, 'clock');
  const day = dayOf(inDate, inTime);
  const clock = clockOf(inDate, inTime);
  const unclear: UnclearField[] = [
    ...(day === NOT_CLEAR ? (['confirmed_date'] as const) : []),
    ...(clock === NOT_CLEAR ? (['confirmed_time'] as const) : []),
  ];
  const said = (field: UnclearField): { [field: string]: string } => {
    const text = texts[field] ?? texts[field === 'confirmed_date' ? 'confirmed_time' : 'confirmed_date'];
    return text === undefined ? {} : { [field]: storable(text, VALUE_MAX) };
  };
  return {
    ...(typeof day === 'string' ? { confirmed_date: day } : {}),
    ...(clock && 'time' in clock
      ? { confirmed_time: clock.time, ...(clock.half_unknown ? { time_half_unknown: true } : {}) }
      : {}),
    ...(unclear.length > 0 ? { unclear, said: Object.assign({}, ...unclear.map(said)) } : {}),
  };
}
